package dev.unitymlops.trainerenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class TrainerEnvCheckTest {
    private static final String GOOD =
            "python=3.10.8 mlagents=1.1.0 torch=2.8.0 numpy=1.23.5 protobuf=3.20.3 setuptools=80.9.0 onnx=1.15.0 grpcio=1.53.2";

    @TempDir
    Path temp;

    private MadePrograms programs;

    @BeforeEach
    void start() throws IOException {
        programs = new MadePrograms(temp.resolve("programs"));
    }

    private TrainerEnv env(String versions, String learn) throws IOException {
        var python = programs.program("python", "printf '%s\\n' " + versions);
        return new TrainerEnv(programs.program("mlagents-learn", learn), Optional.of(python), false);
    }

    private TrainerEnvCheck check() {
        return new TrainerEnvCheck(programs.environment());
    }

    @Test
    void the_versions_that_work_together_are_well() throws Exception {
        var findings = check().versions(env(GOOD, ""));

        assertThat(findings)
                .hasSize(8)
                .allMatch(Finding::ok)
                .allMatch(finding -> finding.remedy().isEmpty());
    }

    @Test
    void every_wrong_version_is_named_at_once_with_what_to_take() throws Exception {
        var findings = check().versions(env(
                "python=3.12.3 mlagents=0.28.0 torch=2.9.1 numpy=1.26.4 protobuf=5.29.5 setuptools=82.0.1 onnx=1.19.1",
                ""));

        assertThat(findings)
                .allMatch(finding -> !finding.ok())
                .extracting(Finding::check, Finding::found)
                .containsExactly(
                        tuple("python", "3.12.3"),
                        tuple("mlagents", "0.28.0"),
                        tuple("torch", "2.9.1"),
                        tuple("numpy", "1.26.4"),
                        tuple("protobuf", "5.29.5"),
                        tuple("setuptools", "82.0.1"),
                        tuple("onnx", "1.19.1"),
                        tuple("grpcio", "missing"));
        assertThat(findings.get(2).remedy()).contains("torch==2.8.0").contains("first checkpoint");
    }

    @Test
    void a_trainer_that_does_not_come_up_is_diagnosed_and_not_trained_with() throws Exception {
        var env = env(
                GOOD, "echo Traceback; echo \"AttributeError: module 'numpy' has no attribute 'float'.\" >&2; exit 1");

        var start = check().training(env, List.of("no-player")).getLast();

        assertThat(start.check()).isEqualTo("start");
        assertThat(start.ok()).isFalse();
        assertThat(start.found()).isEqualTo("exit code 1: module 'numpy' has no attribute 'float'");
        assertThat(start.remedy()).contains("numpy 1.24 or newer").contains("numpy 1.23.5");
    }

    @Test
    void a_training_that_ends_well_without_a_model_is_no_success() throws Exception {
        var training = check().training(env(GOOD, "exit 0"), List.of("player")).getLast();

        assertThat(training.check()).isEqualTo("training");
        assertThat(training.ok()).isFalse();
        assertThat(training.found()).isEqualTo("exit code 0, but no .onnx file");
    }

    @Test
    void the_export_that_torch_2_9_cannot_do_is_found_by_the_training_alone() throws Exception {
        var env = env(GOOD, """
                [ "$1" = --help ] && exit 0
                echo "[INFO] Sim. Step: 400."; echo "ModuleNotFoundError: No module named 'onnxscript'"; exit 1""");

        assertThat(check().start(env)).allMatch(Finding::ok);
        assertThat(check().training(env, List.of("player")).getLast().remedy()).contains("torch 2.8.0");
    }

    @Test
    void the_trainer_gets_the_player_with_its_own_words_and_a_port() throws Exception {
        var player = programs.program("player", "");
        var env = env(GOOD, """
                [ "$1" = --help ] && exit 0
                for word; do
                  case "$before" in --results-dir) results=$word ;; --env) player=$word ;; esac
                  before=$word
                done
                "$player" --mlagents-port 5005
                mkdir -p "$results/check"; echo model > "$results/check/Reach.onnx"
                """);

        assertThat(check().training(env, List.of(player.toString(), "it's", "--definition", "a b")))
                .allMatch(Finding::ok);
        assertThat(programs.calls())
                .contains("player it's --definition a b --mlagents-port 5005")
                .anyMatch(call -> call.matches("mlagents-learn .*--base-port \\d+ --seed 1 .*"));
    }

    @Test
    void an_executable_without_an_interpreter_is_told() throws Exception {
        var env = new TrainerEnv(programs.program("mlagents-learn", ""), Optional.empty(), false);

        assertThat(check().versions(env))
                .isEqualTo(List.of(Finding.bad(
                        "python",
                        env.mlagentsLearn() + " names no Python interpreter in its first line and has none beside it",
                        "an interpreter that runs",
                        "`mlops trainer-env create` makes an environment that works")));
    }
}
