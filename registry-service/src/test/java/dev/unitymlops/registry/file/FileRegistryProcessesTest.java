package dev.unitymlops.registry.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.registry.registration.TestVersions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FileRegistryProcessesTest {

    private static final int JOBS_EACH = 25;

    @TempDir
    Path home;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void killProcesses() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void twoProcessesAtOnceGiveEachJobItsVersion() throws Exception {
        BufferedReader one = start(0, JOBS_EACH);
        BufferedReader other = start(JOBS_EACH, JOBS_EACH);
        go();

        List<Integer> given = new ArrayList<>(versions(one));
        given.addAll(versions(other));

        assertThat(given)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 2 * JOBS_EACH).boxed().toList());
    }

    @Test
    void aKilledProcessLocksNobodyOut() throws Exception {
        BufferedReader victim = start(0, 100_000);
        go();
        for (int line = 0; line < 5; line++) {
            victim.readLine();
        }
        processes.getFirst().destroyForcibly().waitFor();

        TestVersions versions = new TestVersions(Files.createDirectory(home.resolve("models")));
        FileRegistry registry = new FileRegistry(home.resolve("registry"), InstantSource.system());
        int next = registry.register(versions.of("another", "another")).getVersion();

        assertThat(next).isGreaterThan(5);
        for (int job = 0; job < next - 1; job++) {
            assertThat(registry.register(versions.of("job-" + job, "content of " + job))
                            .getVersion())
                    .isEqualTo(job + 1);
        }
    }

    private BufferedReader start(int first, int count) throws IOException {
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        RegisterMain.class.getName(),
                        home.resolve("registry").toString(),
                        String.valueOf(first),
                        String.valueOf(count))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        java.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = java.start();
        processes.add(process);
        BufferedReader lines = process.inputReader();
        assertThat(lines.readLine()).isEqualTo("ready");
        return lines;
    }

    private void go() throws IOException {
        for (Process process : processes) {
            process.outputWriter().close();
        }
    }

    private static List<Integer> versions(BufferedReader lines) {
        return lines.lines().map(Integer::valueOf).toList();
    }
}
