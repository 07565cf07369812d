package dev.unitymlops.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobRulesTest {

    @Test
    void theMinimalJobIsFine() {
        assertThat(JobRules.check(Jobs.minimal(), Where.HERE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            job_id                        | "a/b"            | folder name
            job_id                        | ".."             | folder name
            job_id                        | "-rf"            | folder name
            job_id                        | ""               | folder name
            job_id                        | "ends."          | folder name
            asset_spec.asset_id           | "ä"              | folder name
            asset_spec.name               | "My Agent"       | class name
            asset_spec.name               | "1st"            | class name
            asset_spec.name               | "A;}evil{"       | class name
            asset_spec.name               | "class"          | reserved
            asset_spec.name               | "Agent"          | hides
            asset_spec.hints              | {}               |
            rl_config.behavior_name       | "Walker?team=1"  | Behavior Name
            rl_config.behavior_name       | "../Walker"      | Behavior Name
            rl_config.behavior_name       | "3DBall"         |
            rl_config.initialize_from_run_id | "a-job"       | itself
            rl_config.initialize_from_run_id | "/demos/x"    | folder name
            schedule_id                   | "every night"    | folder name
            rl_config.algorithm           | "DQN"            | algorithm
            rl_config.algorithm           | "poca"           |
            rl_config.max_steps           | 0                | from 1 to
            rl_config.max_steps           | -5               | from 1 to
            rl_config.num_envs            | 0                | from 1 to 256
            rl_config.time_scale          | 100.5            | from 1 to 100
            rl_config.time_scale          | 0.5              | from 1 to 100
            rl_config.learning_rate       | 0                | above 0
            rl_config.learning_rate       | -3e-4            | above 0
            rl_config.beta                | -1               | from 0
            rl_config.lambd               | 1.5              | to 1
            rl_config.hidden_units        | 0                | from 1
            rl_config.seed                | -1               | from 0
            rl_config.keep_checkpoints    | 0                | from 1
            rl_config.training_mode       | "batch"          | training mode
            rl_config.extra_args          | ["--deterministic", "--num-areas=4", "--width", "64"] |
            priority                      | 10               | from 0 to 9
            priority                      | -1               | from 0 to 9
            max_attempts                  | 0                | from 1 to 10
            max_attempts                  | 11               | from 1 to 10
            unity.scripting_backend       | "IL2CPP"         | IL2CPP
            unity.build_target            | "Android"        | target
            unity.decision_period         | 0                | from 1 to 20
            unity.max_step                | -1               | from 0
            unity.scene                   | "Yard"           | generated
            unity.attach_to               | "Assets/Guard.prefab" |
            unity.attach_to               | "../Guard.prefab"| path in the project
            unity.attach_to               | " "              | empty
            unity_project_path            | ""               | empty
            unity_project_path            | "simulated:"     | simulated world
            unity_project_path            | "simulated:../x" | simulated world
            unity_project_path            | "simulated:reach-target" |
            unity_project_path            | "/nowhere/at/all"|
            output_dir                    | " "              | folder
            output_dir                    | "s3://bucket/x"  | unknown store
            output_dir                    | "gs://bucket/x"  |
            output_dir                    | "C:\\\\artifacts"|
            vertex_project                | "My Project"     | project id
            vertex_project                | "example.com:my-project" |
            vertex_region                 | "mars"           | region
            vertex_model_display_name     | ""               | 128
            webhook_url                   | "ftp://example.com/x"        | http or https
            webhook_url                   | "https:///x"                 | host
            webhook_url                   | "example.com"                | http or https
            webhook_url                   | "https://example.com/x?a=b"  | query
            webhook_url                   | "https://example.com/x#a"    | fragment
            webhook_url                   | "https://a:b@example.com/x"  | user info
            webhook_url                   | "https://exa mple.com"       | not a URL
            webhook_url                   | "endpoint:"                  | endpoint
            webhook_url                   | "endpoint:studio-a"          |
            webhook_url                   | "http://10.0.0.1:8080/hook"  |
            metadata                      | {"a": "b"}                   |
            build_command                 | []                           | no program
            training_command              | [" "]                        | no program
            timeouts.build_seconds        | 0                            | from 1
            timeouts.training_seconds     | 99999999                     | from 1
            """)
    void aField(String path, String value, String message) {
        List<Problem> problems = JobRules.check(Jobs.with(path, value), Where.ELSEWHERE);
        if (message == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).singleElement().satisfies(problem -> {
                assertThat(problem.getField()).startsWith(path);
                assertThat(problem.getMessage()).contains(message);
                assertThat(problem.getRemedy()).endsWith(".");
            });
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            registration.target | "cloud"            | registration.target      | registry
            registration.target | "vertex"           | vertex_project           | is missing
            registration.gates.on_failure   | "shrug" | registration.gates.on_failure   | failed gate
            registration.gates.min_episodes | 0       | registration.gates.min_episodes | number of episodes
            registration.gates.max_regression | -0.5  | registration.gates.max_regression | distance of mean rewards
            registration.gates.required_metrics | [" "] | registration.gates.required_metrics | without a name
            registration.approval           | "perhaps" | registration.approval         | kind of approval
            requires.train      | ["gpu", "no way"]  | requires.train[1]        | label
            requires.build      | [""]               | requires.build[0]        | label
            unity.scenes        | ["Assets/a.unity", "../b.unity"] | unity.scenes[1] | project
            unity.scenes        | ["Assets/../../b.unity"] | unity.scenes[0]    | project
            rl_config.extra_args | ["--run-id=x"]    | rl_config.extra_args[0]  | may set
            rl_config.extra_args | ["--debg"]        | rl_config.extra_args[0]  | may set
            rl_config.extra_args | ["--width"]       | rl_config.extra_args[0]  | whole number
            rl_config.extra_args | ["--width", "wide"] | rl_config.extra_args[0] | whole number
            rl_config.extra_args | ["--torch-device=gpu"] | rl_config.extra_args[0] | device
            rl_config.extra_args | ["--env-args", "-logFile", "/etc/x"] | rl_config.extra_args[0] | may set
            rl_config.additional_hyperparameters.tau     | 0.1   | rl_config.additional_hyperparameters.tau | of PPO
            rl_config.additional_hyperparameters.beta_schedul | "linear" | rl_config.additional_hyperparameters.beta_schedul | of PPO
            rl_config.additional_hyperparameters.num_epoch | -1 | rl_config.additional_hyperparameters.num_epoch | at least 1
            rl_config.additional_hyperparameters.learning_rate_schedule | "cosine" | rl_config.additional_hyperparameters.learning_rate_schedule | one of
            rl_config.batch_size | 20480 | rl_config.batch_size | larger than buffer_size
            rl_config.additional_hyperparameters.batch_size | 20480 | rl_config.additional_hyperparameters.batch_size | larger
            rl_config.imitation.behavioral_cloning_strength | 0 | rl_config.imitation.behavioral_cloning_strength | above 0
            rl_config.training_mode | "offline" | rl_config.demonstration_path | is missing
            rl_config.use_offline_demonstrations | true | rl_config.demonstration_path | is missing
            behaviour_source.sha256 | "abc" | behaviour_source | neither
            behaviour_source.uri | "https://example.com/a.cs" | behaviour_source.sha256 | is missing
            behaviour_source.content | "class Other : Agent {}" | behaviour_source.content | no class MyAgent
            """)
    void aFieldBelow(String path, String value, String field, String message) {
        assertThat(JobRules.check(Jobs.with(path, value), Where.ELSEWHERE)).anySatisfy(problem -> {
            assertThat(problem.getField()).isEqualTo(field);
            assertThat(problem.getMessage()).contains(message);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"beta", "epsilon", "lambd", "num_epoch"})
    void sacTakesNoneOfPposOwn(String name) {
        String field = "rl_config." + name;
        assertThat(JobRules.check(Jobs.with("rl_config.algorithm", "\"SAC\"", field, "1"), Where.ELSEWHERE))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.getField()).isEqualTo(field);
                    assertThat(problem.getMessage()).contains("not of SAC");
                });
    }

    @Test
    void sacTakesItsOwn() {
        TrainingJob job = Jobs.with(
                "rl_config.algorithm", "\"sac\"",
                "rl_config.additional_hyperparameters", "{\"tau\": 0.01, \"save_replay_buffer\": true}");
        assertThat(JobRules.check(job, Where.ELSEWHERE)).isEmpty();
    }

    @Test
    void onlyPpoSharesItsCritic() {
        String key = "rl_config.additional_hyperparameters.shared_critic";
        assertThat(JobRules.check(Jobs.with(key, "true"), Where.ELSEWHERE)).isEmpty();
        assertThat(JobRules.check(Jobs.with(key, "true", "rl_config.algorithm", "\"POCA\""), Where.ELSEWHERE))
                .hasSize(1);
    }

    @Test
    void whatBelongsToAnotherFieldIsSentThere() {
        TrainingJob job = Jobs.with("rl_config.additional_hyperparameters.time_horizon", "128");
        assertThat(JobRules.check(job, Where.ELSEWHERE))
                .singleElement()
                .extracting(Problem::getRemedy)
                .isEqualTo("Move it to rl_config.time_horizon.");
    }

    @Test
    void aGeneratedSceneStandsAlone() {
        assertThat(JobRules.check(
                        Jobs.with("unity.scene", "\"generated\"", "unity.attach_to", "\"Arena/Agent\""),
                        Where.ELSEWHERE))
                .singleElement()
                .extracting(Problem::getField)
                .isEqualTo("unity.scene");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:hunter2@example.com/a.cs",
                "ftp://user:hunter2@example.com/a.cs",
                "https://example.com/a.cs?raw=1&access_token=hunter2",
                "https://storage.example.com/a.cs?X-Goog-Signature=hunter2",
                "https://example.blob.example/a.cs?sv=1&sig=hunter2",
                "https://user:hunter2@example.com/a b.cs"
            })
    void aSourceWhoseUriHoldsACredentialIsRefusedWithoutTellingIt(String uri) {
        assertThat(JobRules.check(
                        Jobs.with(
                                "behaviour_source.uri",
                                "\"" + uri + "\"",
                                "behaviour_source.sha256",
                                "\"" + "0".repeat(64) + "\""),
                        Where.ELSEWHERE))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.getField()).isEqualTo("behaviour_source.uri");
                    assertThat(problem.toString()).doesNotContain("hunter2");
                });
    }

    @Test
    void theHashOfInlineSourceIsChecked() {
        String content = "public class MyAgent : Agent {}";
        String hash = ContentHash.sha256(content.getBytes(StandardCharsets.UTF_8));
        String source = "behaviour_source.content";
        assertThat(JobRules.check(
                        Jobs.with(source, "\"" + content + "\"", "behaviour_source.sha256", "\"" + hash + "\""),
                        Where.HERE))
                .isEmpty();
        assertThat(JobRules.check(
                        Jobs.with(source, "\"" + content + " \"", "behaviour_source.sha256", "\"" + hash + "\""),
                        Where.HERE))
                .singleElement()
                .extracting(Problem::getMessage)
                .isEqualTo("is not the hash of content");
    }

    @Test
    void aCameraNeedsGraphics() {
        String camera = "asset_spec.observation_space.camera";
        assertThat(JobRules.check(Jobs.with(camera, "{}"), Where.HERE)).isEmpty();
        assertThat(JobRules.check(
                        Jobs.with(camera, "{}", "unity.build_target", "\"LinuxHeadlessSimulation\""), Where.HERE))
                .hasSize(1);
        assertThat(JobRules.check(Jobs.with(camera, "{}", "rl_config.extra_args", "[\"--no-graphics\"]"), Where.HERE))
                .singleElement()
                .extracting(Problem::getMessage)
                .asString()
                .contains("renders nothing");
    }

    @Test
    void aWebhooksSecretIsNotRepeated() {
        TrainingJob job = Jobs.with("webhook_url", "\"https://user:hunter2@example.com/x?token=hunter3\"");
        assertThat(JobRules.check(job, Where.HERE).toString())
                .doesNotContain("hunter")
                .contains("example.com");
    }

    @Test
    void longAndStrangeTextsAreRefused() {
        TrainingJob job = Jobs.minimal();
        job.getAssetSpec().setDescription("x".repeat(40_000));
        job.getMetadata().put("note", "bell \u0007");
        job.setOutputDir("half \uD800 pair");
        assertThat(JobRules.check(job, Where.HERE))
                .extracting(Problem::getField)
                .containsExactlyInAnyOrder("asset_spec.description", "metadata.note", "output_dir");
    }

    @Test
    void aLongValueIsShortened() {
        TrainingJob job = Jobs.minimal();
        job.setJobId("x".repeat(5000));
        assertThat(JobRules.check(job, Where.HERE))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.getValue()).hasSizeLessThan(160).contains("5002 characters"));
    }

    @Test
    void textThatIsNoJsonIsTold() {
        TrainingJob job = Jobs.minimal();
        job.getAssetSpec().setHints("{");
        job.getAssetSpec().setRewardSpec("[]");
        job.getAssetSpec().setActionSpace("null");
        job.getRlConfig().setAdditionalHyperparameters("{\"beta\": 1, \"beta\": 2}");
        assertThat(JobRules.check(job, Where.HERE))
                .extracting(Problem::getField)
                .containsExactlyInAnyOrder(
                        "asset_spec.hints",
                        "asset_spec.reward_spec",
                        "asset_spec.action_space",
                        "rl_config.additional_hyperparameters");
    }
}
