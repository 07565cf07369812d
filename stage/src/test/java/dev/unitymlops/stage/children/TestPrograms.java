package dev.unitymlops.stage.children;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Real programs for the tests, in one folder. */
final class TestPrograms {

    static final Duration LONG = Duration.ofMinutes(5);

    /** Starts three that sleep: a child, one in a session of its own, one that has left its parent; their ids go to {@code pids}. */
    static final String FAMILY = """
            sleep 300 & echo $! >> pids
            setsid sh -c 'echo $$ >> pids; exec sleep 300' &
            (setsid sh -c 'echo $$ >> pids; sleep 300; true' &)
            echo $$ >> pids
            while [ "$(wc -l < pids)" -lt 4 ]; do sleep 0.01; done
            """;

    private final Path folder;

    TestPrograms(Path folder) {
        this.folder = folder;
    }

    ChildCommand shell(String script) {
        return command(LONG, line -> {}, "sh", "-c", script);
    }

    ChildCommand shell(String script, Consumer<String> onLine) {
        return command(LONG, onLine, "sh", "-c", script);
    }

    ChildCommand shell(Duration timeout, String script) {
        return command(timeout, line -> {}, "sh", "-c", script);
    }

    ChildCommand python(String script, Consumer<String> onLine) {
        return command(LONG, onLine, "python3", "-I", "-S", "-c", script);
    }

    ChildCommand command(Duration timeout, Consumer<String> onLine, String... argv) {
        return new ChildCommand(List.of(argv), folder, Map.of("OWN", "yes"), log(), onLine, timeout);
    }

    Path log() {
        return folder.resolve("program.log");
    }

    /** Waits until a program has written the file, and returns its lines. */
    List<String> written(String name, int lines) {
        Path file = folder.resolve(name);
        await().atMost(Duration.ofMinutes(3))
                .until(() -> Files.exists(file) && read(file).size() >= lines);
        return read(file);
    }

    /** Those of the processes in the file that still run. */
    List<Long> running(String pids) {
        return read(folder.resolve(pids)).stream()
                .map(Long::valueOf)
                .filter(pid -> ProcessHandle.of(pid).isPresent())
                .toList();
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
