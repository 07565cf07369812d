package dev.unitymlops.trainerenv;

import static dev.unitymlops.trainerenv.MachineBuilder.machine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerEnvCreateTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path temp;

    private MadePrograms programs;
    private TrainerEnvSettings settings;
    private final RecordedProgress progress = new RecordedProgress();

    @BeforeEach
    void start() throws IOException {
        programs = new MadePrograms(temp.resolve("programs"));
        settings = new TrainerEnvSettings(temp.resolve("home"), Optional.empty(), Optional.empty());
    }

    private TrainerEnvPlan plan(MachineBuilder machine) {
        return TrainerEnvPlan.choose(machine.build(), settings.home());
    }

    private TrainerEnvPlan planWithTorchOf(Path python) {
        return plan(machine().torch(1, 13, 1).systemPython(python, 3, 11, 2));
    }

    private TrainerEnv create(TrainerEnvPlan plan) throws InterruptedException {
        return new TrainerEnvCreate(programs.environment(), NOON).create(plan, progress);
    }

    @Test
    void makes_the_environment_step_by_step_and_finds_it_afterwards() throws Exception {
        var plan = planWithTorchOf(programs.python("", MadePrograms.PIP_WORKS));
        assertThat(TrainerEnv.locate(settings)).isEmpty();

        var made = create(plan);

        assertThat(TrainerEnv.locate(settings)).contains(made);
        assertThat(made.mlagentsLearn()).isExecutable().startsWith(plan.folder());
        assertThat(progress.events)
                .containsExactly(
                        "1/3 MakeVenv",
                        "done",
                        "2/3 PipInstall",
                        "  Successfully installed mlagents-1.1.0",
                        "done",
                        "3/3 FirstStart",
                        "  usage: mlagents-learn",
                        "done");
        assertThat(programs.calls())
                .contains(
                        "python3 -m venv --system-site-packages " + plan.folder(),
                        "python3 -m pip install --no-input --disable-pip-version-check --progress-bar off --no-deps"
                                + " --only-binary :all: --ignore-requires-python -r trainer-core.txt");
        assertThat(plan.folder().resolve("trainer-core.txt")).hasContent(LockFile.text());
        assertThat(Marker.read(plan.folder()))
                .contains(new Marker(
                        LockFile.sha256(),
                        "3.11.2",
                        "1.13.0a0",
                        plan.folder().resolve("bin/python").toRealPath(),
                        NOON.instant()));
    }

    @Test
    void a_complete_one_is_taken_as_it_is() throws Exception {
        var plan = planWithTorchOf(programs.python("", MadePrograms.PIP_WORKS));
        var made = create(plan);
        var calls = programs.calls();

        assertThat(create(plan)).isEqualTo(made);
        assertThat(programs.calls()).isEqualTo(calls);
    }

    @Test
    void what_an_interrupted_maker_left_is_removed_and_remade() throws Exception {
        var plan = planWithTorchOf(programs.python("", MadePrograms.PIP_WORKS));
        var leftover = Files.createDirectories(plan.folder().resolve("lib")).resolve("half-a-package");
        Files.writeString(leftover, "");
        assertThat(TrainerEnv.locate(settings)).isEmpty();

        create(plan);

        assertThat(leftover).doesNotExist();
        assertThat(TrainerEnv.locate(settings)).isPresent();
    }

    @Test
    void one_whose_python_is_gone_is_no_longer_found() throws Exception {
        var plan = planWithTorchOf(programs.python("", MadePrograms.PIP_WORKS));
        create(plan);
        Files.delete(plan.folder().resolve("bin/python"));

        assertThat(TrainerEnv.locate(settings)).isEmpty();
    }

    @Test
    void a_failed_step_shows_its_last_lines_and_what_they_mean() throws Exception {
        var plan = planWithTorchOf(programs.python(
                "",
                "echo Collecting mlagents; echo 'ERROR: No matching distribution found for mlagents==1.1.0'; exit 1"));

        assertThatThrownBy(() -> create(plan))
                .isInstanceOf(TrainerEnvException.class)
                .hasMessageContaining("could not install mlagents 1.1.0")
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("Python 3.10.1 to 3.10.12 only")
                .hasMessageContaining("  Collecting mlagents");
        assertThat(TrainerEnv.locate(settings)).isEmpty();

        programs.python("", MadePrograms.PIP_WORKS);
        create(plan);
        assertThat(TrainerEnv.locate(settings)).isPresent();
    }

    @Test
    void system_packages_are_installed_unattended_after_the_lists_are_refreshed() throws Exception {
        var aptGet = programs.program("apt-get", "echo \"frontend=$DEBIAN_FRONTEND\"");
        var python = programs.python("", MadePrograms.PIP_WORKS);

        create(plan(machine().debian12().root().aptGet(aptGet).systemPython(python, 3, 11, 2)));

        assertThat(programs.calls())
                .startsWith(
                        "apt-get update",
                        "apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 python3-torch");
        assertThat(progress.events).contains("  frontend=noninteractive");
    }

    @Test
    void a_python_of_mavens_is_unpacked_with_its_modes() throws Exception {
        var jar = temp.resolve("cpython.jar");
        var python = Files.readAllBytes(programs.python("", MadePrograms.PIP_WORKS));
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("org/bytedeco/cpython/linux-x86_64/bin/python3.10"));
            zip.write(python);
            zip.putNextEntry(new ZipEntry("org/bytedeco/cpython/linux-x86_64/lib/python3.10/os.py"));
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
        }
        var mvn = programs.program(
                "mvn", "for out; do :; done; cp " + jar + " \"${out#-DoutputDirectory=}/cpython-linux-x86_64.jar\"");

        create(plan(machine().mvn(mvn)));

        var unpacked = settings.home().resolve("cpython-3.10.8-1.5.8");
        assertThat(unpacked.resolve("bin/python3.10")).isExecutable();
        assertThat(unpacked.resolve("lib/python3.10/os.py")).exists();
        assertThat(settings.home().resolve("cpython.unfinished")).doesNotExist();
        assertThat(programs.calls()).anyMatch(call -> call.contains("-Dartifact=" + Step.FetchPython.ARTIFACT));
        assertThat(TrainerEnv.locate(settings)).isPresent();
    }

    @Test
    void an_archive_that_writes_outside_is_refused() throws Exception {
        var jar = temp.resolve("bad.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("org/bytedeco/cpython/linux-x86_64/bin/../../evil"));
        }

        assertThatThrownBy(() -> FetchCpython.unpack(jar, temp.resolve("to")))
                .isInstanceOf(TrainerEnvException.class)
                .hasMessageContaining("outside its folder");
    }
}
