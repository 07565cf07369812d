package dev.unitymlops.trainerenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerEnvTest {
    @TempDir
    Path temp;

    @Test
    void the_cache_is_where_the_user_says_else_where_the_desktop_says_else_in_the_home() {
        var environment = new HashMap<>(Map.of("HOME", "/home/ann"));
        assertThat(TrainerEnvSettings.from(environment).home()).hasToString("/home/ann/.cache/unity-mlops/trainer-env");

        environment.put("XDG_CACHE_HOME", "relative/is/ignored");
        assertThat(TrainerEnvSettings.from(environment).home()).hasToString("/home/ann/.cache/unity-mlops/trainer-env");

        environment.put("XDG_CACHE_HOME", "/var/cache/ann");
        assertThat(TrainerEnvSettings.from(environment).home()).hasToString("/var/cache/ann/unity-mlops/trainer-env");

        environment.put("MLOPS_CACHE_DIR", "/big/disk");
        assertThat(TrainerEnvSettings.from(environment).home()).hasToString("/big/disk/trainer-env");
    }

    @Test
    void a_named_folder_is_taken_as_it_is() throws IOException {
        var learn =
                executable("bin/mlagents-learn", "#!" + executable("bin/python3", "#!/bin/sh\n") + "\nimport sys\n");

        var found = TrainerEnv.locate(TrainerEnvSettings.from(Map.of("MLOPS_TRAINER_ENV", temp.toString())));

        assertThat(found).contains(new TrainerEnv(learn, Optional.of(temp.resolve("bin/python3")), false));
    }

    @Test
    void the_named_executable_wins_over_the_folder_and_may_be_no_python() throws IOException {
        var learn = executable("elsewhere/my-learn", "#!/bin/sh\n");

        var found = TrainerEnv.locate(TrainerEnvSettings.from(
                Map.of("MLAGENTS_LEARN", learn.toString(), "MLOPS_TRAINER_ENV", "/nonexistent")));

        assertThat(found).contains(new TrainerEnv(learn, Optional.empty(), false));
    }

    @Test
    void the_versions_of_a_named_environment_are_read_from_its_files() throws IOException {
        executable("bin/mlagents-learn", "#!" + executable("bin/python3", "#!/bin/sh\n") + "\nimport sys\n");
        Files.writeString(temp.resolve("pyvenv.cfg"), "home = /usr/bin\nversion = 3.10.12\n");
        Files.createDirectories(temp.resolve("lib/python3.10/site-packages/mlagents-1.1.0.dist-info"));
        Files.createDirectories(temp.resolve("lib/python3.10/site-packages/mlagents_envs-1.2.0.dist-info"));
        Files.createDirectories(temp.resolve("lib/python3.10/site-packages/torch-2.8.0+cu128.dist-info"));

        var env = TrainerEnv.locate(TrainerEnvSettings.from(Map.of("MLOPS_TRAINER_ENV", temp.toString())))
                .orElseThrow();

        assertThat(VersionsOnDisk.of(env))
                .isEqualTo(Map.of("python", "3.10.12", "mlagents", "1.1.0", "torch", "2.8.0+cu128"));
    }

    @Test
    void of_an_environment_of_our_own_what_was_written_when_it_was_made_counts_and_what_is_unknown_is_left_out()
            throws IOException {
        new Marker("hash", "3.11.2", "1.13.0", temp.resolve("bin/python"), Instant.EPOCH).write(temp);

        assertThat(VersionsOnDisk.of(TrainerEnv.inside(temp))).isEqualTo(Map.of("python", "3.11.2", "torch", "1.13.0"));
        assertThat(VersionsOnDisk.of(new TrainerEnv(temp.resolve("no/such/learn"), Optional.empty(), false)))
                .isEmpty();
    }

    @Test
    void a_named_folder_without_a_trainer_is_an_error_that_says_what_to_do() {
        var settings = TrainerEnvSettings.from(Map.of()).withFolder(temp);

        assertThatThrownBy(() -> TrainerEnv.locate(settings))
                .isInstanceOf(TrainerEnvException.class)
                .hasMessageContaining("MLOPS_TRAINER_ENV")
                .hasMessageContaining(temp.resolve("bin/mlagents-learn").toString())
                .hasMessageContaining("mlops trainer-env create");
    }

    @Test
    void nothing_reaches_into_an_environment_of_our_own() {
        var ours = new HashMap<>(Map.of("PYTHONPATH", "/else", "PATH", "/bin"));
        TrainerEnv.inside(temp).apply(ours);
        assertThat(ours)
                .doesNotContainKey("PYTHONPATH")
                .containsEntry("PATH", "/bin")
                .containsEntry("PYTHONNOUSERSITE", "1")
                .containsEntry("PYTHONUTF8", "1")
                .containsEntry("PYTHONWARNINGS", "ignore:pkg_resources");

        var theirs = new HashMap<>(Map.of("PYTHONPATH", "/else"));
        new TrainerEnv(temp, Optional.empty(), false).apply(theirs);
        assertThat(theirs).containsEntry("PYTHONPATH", "/else").doesNotContainKey("PYTHONNOUSERSITE");
    }

    private Path executable(String name, String text) throws IOException {
        var file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
