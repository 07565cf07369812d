package dev.unitymlops.train.trainerconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.unitymlops.events.FailureCause;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.train.Jobs;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuppliedConfigTest {

    private static TrainerConfig check(String yaml) throws StageFailure {
        return TrainerConfig.of(Jobs.job(config -> config.setTrainerConfig(yaml)), "Reach");
    }

    @Test
    void isUsedAsItStands() throws Exception {
        String yaml = """
                # mine
                default_settings: {max_steps: 3e4}
                behaviors:
                  Reach: {trainer_type: sac, max_steps: 2e5, network_settings: {memory: {memory_size: 64}}}
                  Other: {trainer_type: ppo}
                """;

        assertThat(check(yaml)).isEqualTo(new TrainerConfig(yaml, Map.of("Reach", 200_000L, "Other", 30_000L)));
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThatThrownBy(() -> check("""
                        behaviours: {}
                        checkpoint_settings: {resume: true}
                        behaviors:
                          Walker:
                            hidden_units: 3
                            max_steps: -1
                            network_settings: {hiden_units: 128, memory: {size: 3}}
                            self_play: {windows: 10}
                            behavioral_cloning: {demo: x}
                        """))
                .asInstanceOf(type(StageFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.failureCause()).isEqualTo(FailureCause.USER);
                    assertThat(failure.messages())
                            .satisfiesExactlyInAnyOrder(
                                    problem -> assertThat(problem)
                                            .startsWith("rl_config.trainer_config.behaviours is not"),
                                    problem -> assertThat(problem).contains("checkpoint_settings must be left out"),
                                    problem -> assertThat(problem).contains(".Walker.hidden_units is not a setting"),
                                    problem -> assertThat(problem).contains(".Walker.max_steps is -1"),
                                    problem -> assertThat(problem).contains(".network_settings.hiden_units is not"),
                                    problem -> assertThat(problem).contains(".network_settings.memory.size is not"),
                                    problem -> assertThat(problem).contains(".self_play.windows is not"),
                                    problem -> assertThat(problem).contains(".behavioral_cloning.demo is not"),
                                    problem -> assertThat(problem).contains("behaviors has no entry 'Reach'"));
                });
    }

    @Test
    void refusesWhatIsNoYamlOrNoMap() {
        assertThatThrownBy(() -> check("behaviors: [")).hasMessageContaining("rl_config.trainer_config is not YAML");
        assertThatThrownBy(() -> check("just text")).hasMessageContaining("rl_config.trainer_config must be a map");
    }
}
