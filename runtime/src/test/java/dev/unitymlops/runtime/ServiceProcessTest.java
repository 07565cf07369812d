package dev.unitymlops.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real process: what it prints, how it takes a signal, how it ends. */
@Timeout(300)
class ServiceProcessTest {
    @TempDir
    private Path folder;

    private Process process;

    @AfterEach
    void kill() {
        process.destroyForcibly();
    }

    private void start(Map<String, String> environment, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        if (System.getProperty("os.name").equals("Linux")) {
            // A build in the background of a script ignores SIGINT, and so would its children.
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ExampleMain.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectOutput(out().toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MLOPS_"));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    private Path out() {
        return folder.resolve("out");
    }

    private List<String> said() throws IOException {
        return Files.readAllLines(out());
    }

    private String errors() throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private int exitCode() throws InterruptedException {
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private String lineWith(String text) throws IOException {
        BufferedReader reader = process.errorReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("it ended without saying " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aSignalDrainsClosesInReverseAndExitsCleanly(String signal) throws Exception {
        start(Map.of());
        lineWith("Ready");

        signal(signal);

        assertThat(exitCode()).isZero();
        assertThat(said()).startsWith("start first", "start second").endsWith("close second", "close first");
        assertThat(said().subList(2, 4)).containsExactlyInAnyOrder("drain first", "drain second");
    }

    @Test
    void aSignalEndsAStartThatWaits() throws Exception {
        start(Map.of("MLOPS_EXAMPLE_BEHAVIOUR", "hang"));
        lineWith("component=example/first");

        signal("TERM");

        assertThat(exitCode()).isZero();
        assertThat(said()).startsWith("start first").endsWith("close first").doesNotContain("drain first");
    }

    @ParameterizedTest
    @CsvSource({
        "fail, 1, it broke",
        "throw, 1, a fault of ours",
        "miss, 3, no licence here",
        "unreached, 4, no broker there"
    })
    void aFailureEndsItWithItsReasonAndCode(String behaviour, int code, String reason) throws Exception {
        start(Map.of("MLOPS_EXAMPLE_BEHAVIOUR", behaviour));

        assertThat(errors()).contains(reason);
        assertThat(exitCode()).isEqualTo(code);
        assertThat(said()).containsExactly("start first", "start second", "close second", "close first");
    }

    @Test
    void wrongSettingsAreAllPrintedAndNothingStarts() throws Exception {
        start(Map.of("MLOPS_HTTP_PORT", "http"), "--set", "example.behavior=fail", "--set", "example.behaviour=sing");

        assertThat(errors())
                .contains("http.port = \"http\": is not a whole number")
                .contains("example.behaviour = \"sing\": is none of the choices")
                .contains("example.behavior: there is no such setting (did you mean example.behaviour?)");
        assertThat(exitCode()).isEqualTo(2);
        assertThat(said()).isEmpty();
    }

    @Test
    void helpGoesToStdout() throws Exception {
        start(Map.of(), "--help");

        assertThat(exitCode()).isZero();
        assertThat(String.join("\n", said())).contains("| `example.behaviour` |", "| `http.port` |");
    }

    @Test
    void everyLineOfTheLogIsJsonOnRequest() throws Exception {
        start(Map.of("MLOPS_LOG_FORMAT", "json", "MLOPS_EXAMPLE_BEHAVIOUR", "fail"));

        List<JsonNode> lines = new ArrayList<>();
        for (String line : errors().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }

        assertThat(lines).allSatisfy(line -> {
            assertThat(Instant.parse(line.path("time").asText())).isNotNull();
            assertThat(line.path("level").asText()).isIn("INFO", "WARN", "ERROR");
            assertThat(line.path("logger").asText()).startsWith("dev.unitymlops.");
            assertThat(line.path("message").asText()).isNotBlank().doesNotContain("=");
        });
        assertThat(lines).anySatisfy(line -> {
            assertThat(line.path("message").asText()).isEqualTo("Component started");
            assertThat(line.path("component").asText()).isEqualTo("example/first");
        });
        assertThat(lines).anySatisfy(line -> {
            assertThat(line.path("level").asText()).isEqualTo("ERROR");
            assertThat(line.path("exception").asText())
                    .startsWith("java.lang.IllegalStateException: it broke")
                    .contains("\tat dev.unitymlops.runtime.ExampleMain");
        });
    }
}
