package dev.unitymlops.train.trainerconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.train.Jobs;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each golden file is what a person would write for the job, compared with what is generated. */
class GeneratedConfigTest {

    @ParameterizedTest
    @MethodSource("dev.unitymlops.train.trainerconfig.Golden#all")
    void writesTheGoldenFile(Golden golden) throws Exception {
        assertThat(TrainerConfig.of(golden.job(), "Reach").yaml()).isEqualTo(golden.text());
    }

    @Test
    void knowsWhenTheBehaviourIsDone() throws Exception {
        TrainingJob job = Jobs.job(config -> config.setMaxSteps(12_345L));

        assertThat(TrainerConfig.of(job, "Reach").maxSteps()).isEqualTo(Map.of("Reach", 12_345L));
    }

    @Test
    void makesARelativeDemonstrationPathAbsolute() throws Exception {
        TrainingJob job = Jobs.job(config -> {
            config.setTrainingMode("hybrid");
            config.setDemonstrationPath("demos/expert.demo");
        });

        assertThat(TrainerConfig.of(job, "Reach").yaml())
                .contains("demo_path: " + Path.of("demos/expert.demo").toAbsolutePath());
    }

    @Test
    void quotesWhatYamlWouldReadAsSomethingElse() throws Exception {
        TrainingJob job = Jobs.job(config -> {
            config.setTrainingMode("hybrid");
            config.setDemonstrationPath("/data/a: b #c.demo");
        });

        assertThat(TrainerConfig.of(job, "yes").yaml())
                .contains("demo_path: '/data/a: b #c.demo'")
                .contains("  'yes':\n");
    }

    @Test
    void refusesAdditionalHyperparametersThatAreNoObject() {
        TrainingJob job = Jobs.job(config -> config.setAdditionalHyperparameters("[1, 2]"));

        assertThatThrownBy(() -> TrainerConfig.of(job, "Reach"))
                .isInstanceOf(StageFailure.class)
                .hasMessageContaining("rl_config.additional_hyperparameters is not a JSON object");
    }
}
