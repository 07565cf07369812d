package dev.unitymlops.cli.trainerenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.cli.RunAlone;
import dev.unitymlops.trainerenv.TrainerEnv;
import dev.unitymlops.trainerenv.TrainerEnvSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TrainerEnvCommandTest {
    @TempDir
    Path temp;

    @Test
    void gigabytes_are_planned_and_not_fetched_when_nobody_agrees() throws Exception {
        Path programs = temp.resolve("programs");
        MadeTrainerEnv.program(programs, "python3.10", "#!/bin/sh\necho 3.10.12\n");

        RunAlone ran = mlops(bare(programs), "trainer-env", "create", "--json");

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("4.0 GB to download", "1. make a virtual environment", "Not done: ", "--yes");
        assertThat(temp.resolve("cache")).doesNotExist();
    }

    @Test
    void a_step_that_fails_is_named_with_exit_code_3() throws Exception {
        Path programs = temp.resolve("programs");
        MadeTrainerEnv.program(
                programs,
                "python3.10",
                "#!/bin/sh\ncase $1 in -c) echo 3.10.12;; *) echo broken venv; exit 1;; esac\n");

        RunAlone ran = mlops(bare(programs), "trainer-env", "create", "--yes");

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("[1/4] make a virtual environment", "broken venv");
    }

    @Test
    void an_environment_that_is_there_is_not_made_again() throws Exception {
        Path env = MadeTrainerEnv.withTorch(temp.resolve("env"), "2.8.0");

        RunAlone ran = mlops(named(env), "trainer-env", "create", "--json");

        assertThat(ran.code()).isZero();
        assertThat(ran.json()).singleElement().satisfies(made -> {
            assertThat(made.path("made").booleanValue()).isFalse();
            assertThat(made.path("mlagents_learn").asText()).isEqualTo(env + "/bin/mlagents-learn");
        });
    }

    @Test
    void a_wrong_version_is_found_with_its_remedy() throws Exception {
        Map<String, String> right = named(MadeTrainerEnv.withTorch(temp.resolve("right"), "2.8.0"));
        Map<String, String> wrong = named(MadeTrainerEnv.withTorch(temp.resolve("wrong"), "2.9.1"));

        assertThat(mlops(right, "trainer-env", "check", "--level", "versions").code())
                .isZero();
        RunAlone ran = mlops(wrong, "trainer-env", "check", "--level", "versions", "--json");

        assertThat(ran.code()).isEqualTo(3);
        List<JsonNode> bad =
                ran.json().stream().filter(it -> !it.path("ok").booleanValue()).toList();
        assertThat(bad).singleElement().satisfies(finding -> {
            assertThat(finding.path("check").asText()).isEqualTo("trainer.torch");
            assertThat(finding.path("found").asText()).isEqualTo("2.9.1");
            assertThat(finding.path("remedy").asText()).contains("torch==2.8.0");
        });
        assertThat(mlops(wrong, "trainer-env", "check", "--level", "versions").out())
                .contains("WRONG", "torch==2.8.0");
    }

    @Test
    void there_is_nothing_to_check_where_there_is_none() throws Exception {
        RunAlone none = mlops(bare(temp), "trainer-env", "check");
        assertThat(none.code()).isEqualTo(3);
        assertThat(none.err()).contains("trainer-env create");

        RunAlone gone = mlops(named(temp.resolve("gone")), "trainer-env", "check");
        assertThat(gone.code()).isEqualTo(3);
        assertThat(gone.err()).contains("MLOPS_TRAINER_ENV");
    }

    @Test
    @Timeout(300)
    void the_genuine_trainer_trains_and_exports() {
        boolean there =
                TrainerEnv.locate(TrainerEnvSettings.from(System.getenv())).isPresent();
        if (!there) {
            System.out.println("TrainerEnvCommandTest: no training, as there is no trainer environment"
                    + " (`.ci/trainer-env` makes one)");
        }
        assumeTrue(there || "true".equals(System.getenv("MLOPS_REQUIRE_TRAINER_ENV")));

        RunAlone ran = mlops(System.getenv(), "trainer-env", "check", "--json");

        assertEquals(0, ran.code(), ran::out);
        assertThat(ran.json().getLast().path("check").asText()).isEqualTo("trainer.training");
        assertThat(ran.json().getLast().path("found").asText()).isEqualTo("400 steps, exported");
    }

    /** A machine with these programs only; the cache is empty. */
    private Map<String, String> bare(Path programs) {
        return Map.of(
                "PATH",
                programs.toString(),
                "MLOPS_CACHE_DIR",
                temp.resolve("cache").toString());
    }

    private static Map<String, String> named(Path env) {
        return Map.of("PATH", "/usr/bin:/bin", "MLOPS_TRAINER_ENV", env.toString());
    }

    private static RunAlone mlops(Map<String, String> environment, String... arguments) {
        return RunAlone.of(
                environment,
                (say, find) -> new TrainerEnvCommand(
                        say, new MakeTrainerEnv(say, environment, Clock.systemUTC()), environment),
                arguments);
    }
}
