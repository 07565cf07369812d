package dev.unitymlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.cli.cluster.ClusterOptions;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.terminal.Json;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import picocli.CommandLine;

/** One command under {@code mlops} that has run in this JVM: its exit code and its two streams. Nobody sits at it. */
public record RunAlone(int code, String out, String err) {
    /**
     * Runs it.
     *
     * @param command makes the command
     * @param arguments with the command's name
     */
    public static RunAlone of(
            Map<String, String> environment, BiFunction<Say, FindCluster, Object> command, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var say = new Say(new Terminal(printing(out), printing(err), false, false, false));
        var options = new ClusterOptions();
        int code = new CommandLine(new Mlops())
                .addMixin("say", say)
                .addMixin("cluster", options)
                .addSubcommand(command.apply(say, new FindCluster(options, environment)))
                .setErr(new PrintWriter(printing(err), true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new ExitCodes(say))
                .execute(arguments);
        return new RunAlone(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream printing(ByteArrayOutputStream into) {
        return new PrintStream(into, true, StandardCharsets.UTF_8);
    }

    /** One for each line on stdout. */
    public List<JsonNode> json() {
        return out.lines().map(Json::tree).toList();
    }
}
