package dev.unitymlops.train.mlagents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.FailureCause;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import dev.unitymlops.stage.children.ChildExit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts as the genuine programs printed them. */
class TrainerFaultsTest {

    private static StageFailure of(int code, String output) {
        List<String> lines = output.lines().toList();
        return TrainerFaults.of(lines, new ChildExit(code, false, lines));
    }

    @ParameterizedTest
    @MethodSource
    void tellsTheCause(String output, FailureCause cause, String message) {
        StageFailure failure = of(1, output);

        assertThat(failure.failureCause()).isEqualTo(cause);
        assertThat(failure.retry()).isEqualTo(cause == FailureCause.USER ? Retry.NEVER : Retry.BACK_OFF);
        assertThat(failure).hasMessageContaining(message);
        assertThat(failure.logTail()).isEqualTo(output.stripTrailing());
    }

    static Stream<Arguments> tellsTheCause() {
        return Stream.of(
                Arguments.of("""
                        [ERROR] UnityEnvironment worker 0: environment raised an unexpected exception.
                        mlagents_envs.exception.UnityWorkerInUseException: Couldn't start socket communication because worker number 0 is still in use. You may need to manually close a previously opened environment or use a different worker number.
                        mlagents_envs.exception.UnityCommunicationException: UnityEnvironment worker: send failed.
                        """, FailureCause.INFRASTRUCTURE, "a port of the trainer was taken"),
                Arguments.of(
                        """
                        mlagents.trainers.exception.TrainerConfigError: The behavior name Walker has not been specified in the trainer configuration. Please add an entry in the configuration file for Walker, or set default_settings.
                        """,
                        FailureCause.USER,
                        "the player has a behaviour 'Walker' that the trainer configuration lacks"),
                Arguments.of("""
                        mlagents.trainers.exception.TrainerConfigError: The option beta was specified in your YAML file for SACSettings, but is invalid.
                        """, FailureCause.USER, "The option beta was specified in your YAML file for SACSettings"),
                Arguments.of("""
                          File "/env/lib/python3.11/site-packages/mlagents/trainers/settings.py", line 980, in from_dict
                            return cattr.structure(options_dict, RunOptions)
                        ValueError: invalid literal for int() with base 10: '1e5'
                        """, FailureCause.USER, "invalid literal for int() with base 10: '1e5'"),
                Arguments.of("""
                          File "/env/lib/python3.11/site-packages/mlagents/trainers/demo_loader.py", line 150, in get_demo_files
                            raise FileNotFoundError("The demonstration file or directory {} does not exist.")
                        FileNotFoundError: The demonstration file or directory /d/x.demo does not exist.
                        """, FailureCause.USER, "rl_config.demonstration_path"),
                Arguments.of("""
                          File "/env/lib/python3.11/site-packages/mlagents/trainers/buffer.py", line 210, in <module>
                        AttributeError: module 'numpy' has no attribute 'float'.
                        """, FailureCause.INFRASTRUCTURE, "numpy 1.23.5"),
                Arguments.of("""
                        [WARNING] Restarting worker[0] after 'Environment shut down with return code -11 (SIGSEGV).'
                        [ERROR] Worker 0 exceeded the allowed number of restarts.
                        mlagents_envs.exception.UnityEnvironmentException: Environment shut down with return code -11 (SIGSEGV).
                        """, FailureCause.INFRASTRUCTURE, "the player crashed"),
                Arguments.of("""
                        mlagents_envs.exception.UnityTimeOutException: The Unity environment took too long to respond. Make sure that :
                        """, FailureCause.INFRASTRUCTURE, "the player did not answer in time"));
    }

    @Test
    void anUnknownEndIsToldWithTheLastLine() {
        assertThat(of(3, "something\nnew")).hasMessage("mlagents-learn ended with exit code 3: new");
        assertThat(of(137, "")).hasMessageContaining("was killed (SIGKILL)");
        assertThat(of(2, "learn: error: unrecognized arguments: --x").failureCause())
                .isEqualTo(FailureCause.USER);
    }
}
