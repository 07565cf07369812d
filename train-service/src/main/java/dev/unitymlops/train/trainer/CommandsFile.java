package dev.unitymlops.train.trainer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** {@code commands.json}: what is run or, in a dry run, would be. Written before the start, so that it outlives a kill. */
public final class CommandsFile {

    private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

    private CommandsFile() {}

    /** @param environment names only: values may be nobody's business */
    private record Command(List<String> argv, String cwd, List<String> environment) {}

    public static void write(Path folder, Invocation invocation) throws IOException {
        var command = new Command(
                invocation.argv(),
                invocation.directory().toAbsolutePath().toString(),
                List.copyOf(new TreeSet<>(invocation.environment().keySet())));
        Files.write(folder.resolve("commands.json"), JSON.writeValueAsBytes(List.of(command)));
    }
}
