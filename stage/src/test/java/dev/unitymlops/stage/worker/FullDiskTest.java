package dev.unitymlops.stage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import dev.unitymlops.testkit.JavaProcess;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

    /** Only in a name space of its own may anybody mount something; the mount is gone with the process. */
    private static final String MOUNT = "mount -t tmpfs -o size=4m tmpfs \"$0\" && exec \"$@\"";

    @Test
    void a_full_disk_uses_no_attempt_up() {
        var full = new FileSystemException("/store/player", null, "No space left on device");

        assertThat(FailureOf.attempt(full).retry()).isEqualTo(Retry.WAIT);
        StageFailure wrapped = FailureOf.attempt(
                StageFailure.infrastructure("cannot write files of the attempt").because(new IOException(full)));
        assertThat(wrapped.retry()).isEqualTo(Retry.WAIT);
        assertThat(wrapped.messages())
                .singleElement()
                .asString()
                .contains("this attempt does not count", "cannot write files of the attempt");
    }

    @Test
    void another_fault_does_and_what_is_the_jobs_own_is_final() {
        assertThat(FailureOf.attempt(new IOException("Input/output error")).retry())
                .isEqualTo(Retry.BACK_OFF);
        StageFailure user = StageFailure.user("too large").because(new IOException("No space left on device"));
        assertThat(FailureOf.attempt(user)).isSameAs(user);
    }

    @Test
    void a_real_disk_of_four_mebibytes_is_told_apart_and_pauses_its_worker(@TempDir Path disk) throws Exception {
        assumeTrue(mayMount(disk), "no file system can be mounted here (unshare -rm)");
        List<String> command = mounted(disk);
        command.addAll(JavaProcess.command(FillDisk.class, List.of(), List.of(disk.toString())));

        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.lines())
                .satisfiesExactly(
                        empty -> assertThat(empty).isEqualTo("null"),
                        failure -> assertThat(failure).isEqualTo("WAIT"),
                        full -> assertThat(full).startsWith("no space left under " + disk + " (0B free"),
                        cleaned -> assertThat(cleaned).isEqualTo("null"));
    }

    private static List<String> mounted(Path disk) {
        return new ArrayList<>(List.of("unshare", "--map-root-user", "--mount", "sh", "-c", MOUNT, disk.toString()));
    }

    private static boolean mayMount(Path disk) throws InterruptedException {
        List<String> command = mounted(disk);
        command.add("true");
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
