package dev.unitymlops.registry.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.job.Actions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeclaredAnswerTest {

    private static final Actions HYBRID = new Actions(2, List.of(3, 2), null);

    private final Map<String, double[]> answer = new HashMap<>(Map.of(
            "version_number", new double[] {3},
            "memory_size", new double[] {0},
            "continuous_action_output_shape", new double[] {2},
            "continuous_actions", new double[] {-1, 1},
            "discrete_action_output_shape", new double[] {3, 2},
            "discrete_actions", new double[] {2, 0}));

    @Test
    void anAnswerWithinItsBoundsHasNoProblem() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void modelsBeforeDeterministicOutputsPassAsWellAsThoseWithThem() {
        answer.put("version_number", new double[] {2});
        answer.put("deterministic_continuous_actions", new double[] {0.5, -0.5});
        answer.put("deterministic_discrete_actions", new double[] {0, 1});

        assertThat(problems()).isEmpty();
    }

    @Test
    void choicesThatABranchDoesNotHaveAreTold() {
        answer.put("discrete_actions", new double[] {-1, 0});
        answer.put("deterministic_discrete_actions", new double[] {0, 2});

        assertThat(problems())
                .containsExactly(
                        "discrete_actions chooses [-1, 0]; the branches have [3, 2] choices",
                        "deterministic_discrete_actions chooses [0, 2]; the branches have [3, 2] choices");
    }

    @Test
    void actionsThatAreTooLargeAreTold() {
        answer.put("deterministic_continuous_actions", new double[] {0, -1.5});

        assertThat(problems()).containsExactly("deterministic_continuous_actions is [0, -1.5], outside of [-1, 1]");
    }

    @Test
    void infinityInAnyOutputIsTold() {
        answer.put("recurrent_out", new double[] {0, Double.POSITIVE_INFINITY});

        assertThat(problems())
                .containsExactly(
                        "answers zero observations with [0, Infinity] in recurrent_out: the training diverged");
    }

    @Test
    void anotherMemoryThanItsInputIsTold() {
        assertThat(DeclaredAnswer.problems(HYBRID, 8, answer))
                .containsExactly("memory_size is [0]; its recurrent_in has 8");
    }

    @Test
    void aMissingVersionIsTold() {
        answer.remove("version_number");

        assertThat(problems()).containsExactly("version_number is not there; Unity's ML-Agents runs 2 to 3");
    }

    private List<String> problems() {
        return DeclaredAnswer.problems(HYBRID, 0, answer);
    }
}
