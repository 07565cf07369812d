package dev.unitymlops.trainerenv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    @TempDir
    Path temp;

    private MadePrograms programs;

    @BeforeEach
    void start() throws IOException {
        programs = new MadePrograms(temp.resolve("programs"));
    }

    private Machine probe() {
        return Machine.probe(new Programs(programs.environment()));
    }

    @Test
    void a_gpu_is_one_that_the_driver_lists() throws IOException {
        programs.program("nvidia-smi", "echo 'GPU 0: NVIDIA H200 (UUID: GPU-1234)'");
        assertThat(probe().gpu()).isTrue();

        programs.program("nvidia-smi", "echo 'No devices found.'; exit 6");
        assertThat(probe().gpu()).isFalse();
    }

    @Test
    void debians_torch_counts_when_it_is_installed() throws IOException {
        programs.program("dpkg-query", "echo 'installed 1.13.1+dfsg-4'");
        assertThat(probe().debianTorch()).contains(Version.of(1, 13, 1));

        programs.program("dpkg-query", "echo 'config-files 1.13.1+dfsg-4'");
        assertThat(probe().debianTorch()).isEmpty();
    }

    @Test
    void a_python_that_cannot_make_environments_does_not_count() throws IOException {
        var good = programs.program("python3.10", "echo 3.10.14");
        programs.program("python3.11", "echo \"No module named 'ensurepip'\"; exit 1");

        assertThat(probe().pythons())
                .filteredOn(python -> python.path().startsWith(temp))
                .containsExactly(new Interpreter(good, Version.of(3, 10, 14)));
    }

    @Test
    void the_system_is_known_by_its_os_release() throws IOException {
        var file = temp.resolve("os-release");
        Files.writeString(file, "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nID=debian\n");
        assertThat(Machine.isDebian12(file)).isTrue();

        Files.writeString(file, "VERSION_ID=\"13\"\nID=debian\n");
        assertThat(Machine.isDebian12(file)).isFalse();
        assertThat(Machine.isDebian12(temp.resolve("none"))).isFalse();
    }
}
