package dev.unitymlops.build;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.build.unity.EditorCommand;
import java.io.IOException;
import java.util.List;

/** commands.json: each outside command with its folder and the names of its variables, never their values. */
final class RecordedCommands {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordedCommands() {}

    static String json(List<EditorCommand> commands) throws IOException {
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
