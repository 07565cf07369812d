package dev.unitymlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A command that has run in this JVM: its exit code and its two streams. */
record Ran(int code, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Ran mlops(String... arguments) {
        return mlops(Map.of(), arguments);
    }

    static Ran mlops(Map<String, String> environment, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(printing(out), printing(err), false, false, false);
        int code = new Commands(terminal, environment).execute(arguments);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream printing(ByteArrayOutputStream into) {
        return new PrintStream(into, true, StandardCharsets.UTF_8);
    }

    /** The one JSON object that stdout holds. */
    JsonNode json() {
        List<JsonNode> lines = jsonLines();
        if (lines.size() != 1) {
            throw new AssertionError(lines.size() + " lines on stdout: " + out + "\nstderr: " + err);
        }
        return lines.getFirst();
    }

    List<JsonNode> jsonLines() {
        return out.lines()
                .map(line -> {
                    try {
                        return JSON.readTree(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException("not JSON: " + line, e);
                    }
                })
                .toList();
    }
}
