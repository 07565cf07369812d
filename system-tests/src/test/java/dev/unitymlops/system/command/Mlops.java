package dev.unitymlops.system.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.system.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The command mlops as it is shipped, in processes of their own that start in one folder. Closing ends those that run.
 * It calls the jar, as the launcher would build the project again in the midst of its own build.
 */
final class Mlops implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final List<Running> started = new ArrayList<>();

    Mlops(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** Where {@code run} and {@code up} put what a job leaves. */
    Path artifacts(String jobId) {
        return folder.resolve("artifacts").resolve(jobId);
    }

    /** Runs it to its end. */
    Ended run(Duration patience, String... arguments) throws IOException, InterruptedException {
        return start(arguments).await(patience);
    }

    Running start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    Running start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx768m",
                "-jar",
                Checkout.file("cli/target/cli.jar").toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out-", ".txt");
        Path err = Files.createTempFile(folder, "err-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Running running = new Running(builder.start(), String.join(" ", arguments), out, err);
        started.add(running);
        return running;
    }

    /** Starts the platform in the folder and returns once it serves. */
    Running up(String... arguments) throws IOException {
        Path ready = folder.resolve("ready");
        Files.deleteIfExists(ready);
        Running up = start(Stream.concat(Stream.of("up", "--ready-file", ready.toString()), Stream.of(arguments))
                .toArray(String[]::new));
        Awaitility.await("the platform").atMost(START).until(() -> {
            if (!up.process().isAlive()) {
                throw new AssertionError("mlops up: " + up.await(START));
            }
            return Files.exists(ready);
        });
        return up;
    }

    @Override
    public void close() {
        started.forEach(running -> running.process().destroyForcibly());
    }

    /** A command that goes on. */
    record Running(Process process, String command, Path out, Path err) {

        Ended await(Duration patience) throws IOException, InterruptedException {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("mlops " + command + " did not end within " + patience + "; it said:\n"
                        + Files.readString(out) + Files.readString(err));
            }
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        }

        /** Itself and all that it has started. */
        List<ProcessHandle> tree() {
            return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .toList();
        }

        /** SIGKILL: nothing of it can tidy up. */
        void kill() throws InterruptedException {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    /** What a command said before it ended. */
    record Ended(int exitCode, String out, String err) {

        /** The one JSON value that {@code --json} promises on standard output. */
        JsonNode json() throws IOException {
            return JSON.readTree(out);
        }

        /** One value a line. */
        List<JsonNode> jsonLines() throws IOException {
            List<JsonNode> lines = new ArrayList<>();
            for (String line : out.lines().toList()) {
                lines.add(JSON.readTree(line));
            }
            return lines;
        }

        @Override
        public String toString() {
            return "exit " + exitCode + "\n" + out + err;
        }
    }
}
