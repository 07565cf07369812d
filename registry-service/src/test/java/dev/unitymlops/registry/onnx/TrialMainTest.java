package dev.unitymlops.registry.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.job.Spaces;
import dev.unitymlops.registry.Jobs;
import dev.unitymlops.registry.TestModels;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a trial finds, without the process around it. */
class TrialMainTest {

    private static final String DISCRETE = "{\"type\": \"discrete\", \"branches\": [3, 2]}";
    private static final String HYBRID = "{\"type\": \"hybrid\", \"continuous\": 2, \"discrete\": [3, 2]}";

    @ParameterizedTest
    @ValueSource(strings = {"continuous", "sac"})
    void continuousActionsOfBothTrainersPass(String model) throws Exception {
        assertThat(problems(model, Jobs.TWO_CONTINUOUS)).isEmpty();
    }

    @Test
    void discreteActionsPass() throws Exception {
        assertThat(problems("discrete", DISCRETE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hybrid", "memory"})
    void hybridActionsPassWithAndWithoutMemory(String model) throws Exception {
        assertThat(problems(model, HYBRID)).isEmpty();
    }

    @Test
    void sensorsAreComparedInTheOrderOfTheirNames() throws Exception {
        String grid = "{\"position\": 2, \"velocity\": 2,"
                + " \"grid\": {\"type\": \"grid\", \"cells\": [5, 5], \"tags\": [\"wall\", \"food\"]}}";

        assertThat(problems("grid", grid, Jobs.TWO_CONTINUOUS)).isEmpty();
    }

    @Test
    void everyDifferenceBetweenShapesIsTold() throws Exception {
        String other = "{\"position\": 3, \"seen\": {\"type\": \"raycast\", \"rays\": 3, \"tags\": [\"wall\"]}}";

        assertThat(problems("memory", other, Jobs.TWO_CONTINUOUS))
                .containsExactly(
                        "input obs_0 has shape [?, 4]; the job declares [?, 9]",
                        "has no input obs_1; the job declares it with shape [?, 3]",
                        "has an input action_masks [?, 5] that the job does not declare",
                        "has an output discrete_actions, but the job declares no discrete actions");
    }

    @Test
    void actionsThatTheModelLacksAreTold() throws Exception {
        assertThat(problems("continuous", DISCRETE))
                .containsExactly(
                        "has no input action_masks; the job declares it with shape [?, 5]",
                        "has an output continuous_actions, but the job declares no continuous actions",
                        "has no output discrete_actions: the job declares discrete actions",
                        "has no output discrete_action_output_shape: the job declares discrete actions");
    }

    @Test
    void otherNumbersOfActionsAreSeenInTheAnswer() throws Exception {
        assertThat(problems("continuous", "{\"type\": \"continuous\", \"size\": 3}"))
                .containsExactly(
                        "continuous_action_output_shape is [2]; the job declares [3]",
                        "continuous_actions has 2 values for one agent; the job declares 3",
                        "deterministic_continuous_actions has 2 values for one agent; the job declares 3");
        assertThat(problems("discrete", "{\"type\": \"discrete\", \"branches\": [2, 3]}"))
                .contains("discrete_action_output_shape is [3, 2]; the job declares [2, 3]");
    }

    @Test
    void aBatchOfOneOnlyIsRefused() throws Exception {
        assertThat(problems("fixed-batch", Jobs.TWO_CONTINUOUS))
                .containsExactly("input obs_0 has shape [1, 4]; the job declares [?, 4]: the batch must be open");
    }

    @Test
    void anotherVersionOfModelsIsRefused() throws Exception {
        assertThat(problems("old-version", Jobs.TWO_CONTINUOUS))
                .containsExactly("version_number is [1]; Unity's ML-Agents runs 2 to 3");
    }

    @Test
    void aDivergedTrainingIsSeenInTheAnswer() throws Exception {
        assertThat(problems("diverged", Jobs.TWO_CONTINUOUS))
                .contains("answers zero observations with [NaN, NaN] in deterministic_continuous_actions:"
                        + " the training diverged");
    }

    private static List<String> problems(String model, String actions) throws Exception {
        return problems(model, Jobs.FOUR_NUMBERS, actions);
    }

    private static List<String> problems(String model, String observations, String actions) throws Exception {
        Spaces spaces = Spaces.of(Jobs.of(observations, actions));
        return TrialMain.problems(OnnxRuntime.environment(), TestModels.file(model), Optional.of(spaces));
    }
}
