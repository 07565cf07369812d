package dev.unitymlops.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainerConfigRulesTest {
    private static final String FIELD = "rl_config.trainer_config";

    @Test
    void aCompleteConfigurationIsFine() {
        assertThat(check("""
                default_settings:
                  trainer_type: ppo
                  max_steps: 1e6
                behaviors:
                  MyAgent:
                    trainer_type: ppo
                    hyperparameters: {batch_size: 64, buffer_size: 640, learning_rate: 3e-4, beta_schedule: constant}
                    network_settings: {vis_encode_type: resnet, memory: {sequence_length: 32, memory_size: 64}}
                    reward_signals:
                      extrinsic: {gamma: 0.99, strength: 1.0}
                      gail: {demo_path: demos/a.demo, use_vail: false}
                      curiosity: {strength: 0.02, network_settings: {hidden_units: 64}}
                    behavioral_cloning: {demo_path: demos/a.demo, steps: 1000}
                    self_play: {window: 10, play_against_latest_model_ratio: 0.5}
                    max_steps: 1000000
                    threaded: yes
                environment_parameters:
                  gravity: 9.8
                  wind: {sampler_type: uniform, sampler_parameters: {min_value: 0.5, max_value: 1.5}}
                  wall:
                    curriculum:
                      - name: low
                        completion_criteria: {behavior: MyAgent, measure: progress, threshold: 0.3}
                        value: 0.0
                      - {name: high, value: 4.0}
                engine_settings: {width: 84, no_graphics: true}
                env_settings: {num_envs: 16, timeout_wait: 120}
                torch_settings: {device: cpu}
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {behaviours: {}}                                      | .behaviours                          | Did you mean behaviors?
            {behaviors: null}                                     | .behaviors                           | Give behaviors
            {behaviors: {Other: {}}}                              | .behaviors                           | MyAgent
            {behaviors: {MyAgent: null}}                          | .behaviors.MyAgent                   | settings
            {behaviors: {MyAgent: {trainer_typ: ppo}}}            | .behaviors.MyAgent.trainer_typ       | trainer_type?
            {behaviors: {MyAgent: {trainer_type: dqn}}}           | .behaviors.MyAgent.trainer_type      | ppo, sac, poca
            {behaviors: {MyAgent: {trainer_type: sac}}}           | .behaviors.MyAgent.trainer_type      | equal
            {behaviors: {MyAgent: {hyperparameters: {}}}}         | .behaviors.MyAgent.trainer_type      | Give trainer_type
            {behaviors: {MyAgent: {max_steps: -1}}}               | .behaviors.MyAgent.max_steps         | a number
            {behaviors: {MyAgent: {checkpoint_interval: 5e5}}}    | .behaviors.MyAgent.checkpoint_interval | Write 500000
            {behaviors: {MyAgent: {summary_freq: 10.7}}}          | .behaviors.MyAgent.summary_freq      | whole number
            {behaviors: {MyAgent: {threaded: "false"}}}           | .behaviors.MyAgent.threaded          | true or false
            {behaviors: {MyAgent: {network_settings: {hidden_unit: 5}}}} | .behaviors.MyAgent.network_settings.hidden_unit | hidden_units?
            {behaviors: {MyAgent: {network_settings: {memory: {memory_size: 33}}}}} | .behaviors.MyAgent.network_settings.memory.memory_size | even
            {behaviors: {MyAgent: {network_settings: {memory: {sequence_length: 2048}}}}} | .behaviors.MyAgent.network_settings.memory.sequence_length | batch_size
            {behaviors: {MyAgent: {reward_signals: {gail: {}}}}}  | .behaviors.MyAgent.reward_signals.gail.demo_path | .demo
            {behaviors: {MyAgent: {behavioral_cloning: {steps: 5}}}} | .behaviors.MyAgent.behavioral_cloning.demo_path | .demo
            {behaviors: {MyAgent: {reward_signals: {fame: {}}}}}  | .behaviors.MyAgent.reward_signals.fame | Known here
            {behaviors: {MyAgent: {trainer_type: ppo, hyperparameters: {tau: 0.1}}}} | .behaviors.MyAgent.hyperparameters.tau | beta
            {behaviors: {MyAgent: {trainer_type: ppo, hyperparameters: {batch_size: 99999}}}} | .behaviors.MyAgent.hyperparameters.batch_size | multiple
            {behaviors: {MyAgent: {}}, checkpoint_settings: {resume: true}} | .checkpoint_settings.resume | out
            {behaviors: {MyAgent: {}}, checkpoint_settings: {initialize_from: x}} | .checkpoint_settings.initialize_from | initialize_from_run_id
            {behaviors: {MyAgent: {}}, env_settings: {base_port: 6000}} | .env_settings.base_port        | out
            {behaviors: {MyAgent: {}}, env_settings: {num_envs: 3}} | .env_settings.num_envs             | rl_config.num_envs
            {behaviors: {MyAgent: {}}, engine_settings: {time_scale: 50}} | .engine_settings.time_scale  | rl_config.time_scale
            {behaviors: {MyAgent: {}}, debug: true}               | .debug                               | console
            {behaviors: {MyAgent: {}}, environment_parameters: {g: fast}} | .environment_parameters.g     | a number
            {behaviors: {MyAgent: {}}, environment_parameters: {g: {sampler_type: dice}}} | .environment_parameters.g.sampler_type | uniform
            {behaviors: {MyAgent: {}}, environment_parameters: {g: {curriculum: [{value: 1}, {value: 2}]}}} | .environment_parameters.g.curriculum[0].completion_criteria | Every lesson
            [1, 2]                                                | ``                                   | behaviors
            "{behaviors:"                                         | ``                                   | behaviors
            behaviors: {MyAgent: {}                               | ``                                   | syntax
            {behaviors: {MyAgent: &a {}, B: *a}}                  | .behaviors.B                         | aliases
            """)
    void whatTheTrainerRefusesOrSilentlyTakes(String yaml, String path, String remedy) {
        assertThat(check(yaml)).anySatisfy(problem -> {
            assertThat(problem.getField()).isEqualTo(FIELD + path);
            assertThat(problem.getRemedy()).contains(remedy);
        });
    }

    @Test
    void mixedTrainerTypesAreRefused() {
        TrainingJob job = Jobs.with("rl_config.algorithm", "\"SAC\"");
        job.getRlConfig()
                .setTrainerConfig("{default_settings: {trainer_type: ppo}, behaviors: {MyAgent: {trainer_type: sac}}}");
        assertThat(JobRules.check(job, Where.HERE))
                .singleElement()
                .extracting(Problem::getMessage)
                .asString()
                .contains("default_settings");
    }

    @Test
    void defaultSettingsAreEnough() {
        assertThat(check("default_settings: {max_steps: 5}")).isEmpty();
    }

    private static List<Problem> check(String yaml) {
        TrainingJob job = Jobs.minimal();
        job.getRlConfig().setTrainerConfig(yaml);
        return JobRules.check(job, Where.HERE);
    }
}
