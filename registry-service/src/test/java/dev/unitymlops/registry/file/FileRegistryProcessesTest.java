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

@Timeout(300)
class FileRegistryProcessesTest {

    private static final int JOBS_EACH = 25;

    @TempDir
    Path home;

    private final SecondProcesses processes = new SecondProcesses();

    @AfterEach
    void killProcesses() {
        processes.close();
    }

    @Test
    void twoProcessesAtOnceGiveEachJobItsVersion() throws Exception {
        BufferedReader one = start(0, JOBS_EACH);
        BufferedReader other = start(JOBS_EACH, JOBS_EACH);
        processes.go();

        List<Integer> given = new ArrayList<>(versions(one));
        given.addAll(versions(other));

        assertThat(given)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 2 * JOBS_EACH).boxed().toList());
    }

    @Test
    void aKilledProcessLocksNobodyOut() throws Exception {
        BufferedReader victim = start(0, 100_000);
        processes.go();
        for (int line = 0; line < 5; line++) {
            victim.readLine();
        }
        processes.close();

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
        return processes.start(RegisterMain.class, home.resolve("registry"), first, count);
    }

    private static List<Integer> versions(BufferedReader lines) {
        return lines.lines().map(Integer::valueOf).toList();
    }
}
