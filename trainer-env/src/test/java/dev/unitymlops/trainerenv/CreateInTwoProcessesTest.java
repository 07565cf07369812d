package dev.unitymlops.trainerenv;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class CreateInTwoProcessesTest {
    @TempDir
    Path temp;

    private MadePrograms programs;
    private Path go;
    private Path python;
    private final List<Process> started = new ArrayList<>();

    /** Making the environment goes on when something is written to the pipe {@code go}. */
    @BeforeEach
    void a_python_that_waits() throws Exception {
        programs = new MadePrograms(temp.resolve("programs"));
        go = temp.resolve("go");
        assertThat(new ProcessBuilder("mkfifo", go.toString()).start().waitFor())
                .isZero();
        python = programs.python("echo \"pid $$\"; read word < " + go + ";", MadePrograms.PIP_WORKS);
    }

    @AfterEach
    void stop() {
        for (var process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void the_second_waits_and_takes_what_the_first_has_made() throws Exception {
        var first = elsewhere();
        readUntil(first, "started MakeVenv");
        var second = elsewhere();
        readUntil(second, "waiting");

        Files.writeString(go, "go\n");

        readUntil(first, "made");
        readUntil(second, "made");
        assertThat(programs.calls().stream().filter(call -> call.contains("-m venv")))
                .hasSize(1);
    }

    @Test
    void killed_it_leaves_no_child_and_no_lock() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "skipped: no setpriv (util-linux) on this machine");
        var killed = elsewhere();
        var child = ProcessHandle.of(Long.parseLong(readUntil(killed, "pid ").substring(4)))
                .orElseThrow();

        killed.destroyForcibly();

        assertThat(child.onExit().get(20, SECONDS)).isNotNull();
        var next = elsewhere();
        readUntil(next, "started MakeVenv");
    }

    private Process elsewhere() throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CreateElsewhere.class.getName(),
                python.toString(),
                temp.resolve("home").toString());
        builder.redirectErrorStream(true);
        builder.environment().putAll(programs.environment());
        var process = builder.start();
        started.add(process);
        return process;
    }

    private static String readUntil(Process process, String start) throws IOException {
        var seen = new StringBuilder();
        var reader = process.inputReader(StandardCharsets.UTF_8); // the same one at every call
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("the process ended without saying '" + start + "':\n" + seen);
    }
}
