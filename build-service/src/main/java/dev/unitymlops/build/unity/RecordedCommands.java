package dev.unitymlops.build.unity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** commands.json: each outside command with its folder and the names of its variables, never their values. */
public final class RecordedCommands {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordedCommands() {}

    /** Writes the file of this attempt; commands that are run are written before they start, so that they outlive a kill. */
    public static void write(BuildFiles files, List<EditorCommand> commands) throws IOException {
        Files.writeString(files.commands(), json(commands));
    }

    private static String json(List<EditorCommand> commands) throws IOException {
        ArrayNode recorded = JSON.createArrayNode();
        for (EditorCommand command : commands) {
            ObjectNode node = recorded.addObject();
            command.argv().forEach(node.putArray("argv")::add);
            node.put("cwd", command.directory().toString());
            ArrayNode environment = node.putArray("env");
            command.environment().keySet().stream().sorted().forEach(environment::add);
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(recorded) + "\n";
    }
}
