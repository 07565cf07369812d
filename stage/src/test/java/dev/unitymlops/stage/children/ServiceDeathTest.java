package dev.unitymlops.stage.children;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of programs with the process of the service itself. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the programs of these tests use setsid of util-linux")
class ServiceDeathTest {

    private static final String HEAP = "64m";

    @TempDir
    Path folder;

    @Test
    void aKilledServiceLeavesNothingBehindAndItsProgramMaySave() throws Exception {
        TestPrograms programs = new TestPrograms(folder);
        // It writes while it saves: the broken pipe of a dead service must not end it.
        String save = "for i in 1 2 3 4 5; do echo saving >&2 || exit 1; done; echo done > saved; exit 0";
        Process service = ServiceProcess.start(
                List.of(), HEAP, folder, "trap '" + save + "' INT PIPE\n" + TestPrograms.FAMILY + "wait");
        programs.written("pids", 4);

        service.destroyForcibly().waitFor();

        await().atMost(Duration.ofMinutes(1))
                .until(() -> programs.running("pids").isEmpty());
        assertThat(folder.resolve("saved")).exists();
    }

    @Test
    void aServiceThatWasStartedWithSigintIgnoredDoesNotPassThatOn() throws Exception {
        Process service = ServiceProcess.start(
                List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"),
                HEAP,
                folder,
                "python3 -I -S -c 'import signal; print(signal.getsignal(signal.SIGINT) == signal.default_int_handler)'");

        assertThat(output(service)).containsExactly("True", "exit 0");
    }

    @Test
    void fiftyMegabytesPassThroughASmallHeap() throws Exception {
        Process service = ServiceProcess.start(
                List.of(),
                "16m",
                folder,
                "python3 -I -S -c 'for i in range(50): print(\"x\" * 1_000_000, end=\"\\n\" if i % 2 else \"\")'");

        assertThat(output(service)).containsExactly("exit 0");
        assertThat(Files.size(folder.resolve("program.log"))).isEqualTo(50_000_025);
    }

    private static List<String> output(Process service) throws Exception {
        return new String(service.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
