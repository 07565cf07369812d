package dev.unitymlops.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobFileTest {
    private static final String MINIMAL = """
            job_id: a-job
            asset_spec:
              asset_id: test-001
              name: SimpleAgent
              observation_space: {raycast: 8, velocity: 2}
              action_space: {type: continuous, size: 2}
            rl_config:
              max_steps: 1e5
            """;

    @Test
    void fillsInTheDefaultsOfTheSchema() {
        TrainingJob job = valid(MINIMAL);
        assertThat(job.getDryRun()).isTrue();
        assertThat(job.getOutputDir()).isEqualTo("artifacts");
        assertThat(job.getRlConfig().getAlgorithm()).isEqualTo("PPO");
        assertThat(job.getRlConfig().getNumEnvs()).isEqualTo(16);
        assertThat(job.getTimeouts()).isNull();
    }

    @Test
    void readsAnExponentAsANumber() {
        assertThat(valid(MINIMAL).getRlConfig().getMaxSteps()).isEqualTo(100_000);
    }

    @Test
    void keepsSpacesAsJsonText() {
        assertThat(valid(MINIMAL).getAssetSpec().getObservationSpace()).isEqualTo("{\"raycast\":8,\"velocity\":2}");
    }

    @Test
    void readsJsonIndentedByTabs() {
        String json =
                "{\n\t\"job_id\": \"a\",\n\t\"asset_spec\": {\"asset_id\": \"b\", \"name\": \"C\"},\n\t\"rl_config\": {}\n}";
        assertThat(valid(json).getJobId()).isEqualTo("a");
    }

    @Test
    void nestedRecordsGetTheirOwnDefaults() {
        assertThat(valid(MINIMAL + "timeouts: {build_seconds: 60}\n")
                        .getTimeouts()
                        .getRegistrationSeconds())
                .isEqualTo(1800);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jobs_id: x                                 | jobs_id                      | Did you mean job_id?
            unity_project: x                           | unity_project                | Did you mean unity_project_path?
            max_steps: 5                               | max_steps                    | Move it to rl_config.max_steps.
            rl_config: {max_step: 5}                   | rl_config.max_step           | Did you mean max_steps?
            timeouts: {build_second: 5}                | timeouts.build_second        | Did you mean build_seconds?
            asset_spec: {asset_id: a, name: B, tag: 1} | asset_spec.tag               | Did you mean tags?
            zzzzzzzzzzzzzz: 1                          | zzzzzzzzzzzzzz               | metadata
            rl_config: {max_steps: "1_000"}            | rl_config.max_steps          | Write 1000.
            rl_config: {max_steps: 1_000}              | rl_config.max_steps          | Write 1000.
            rl_config: {max_steps: 1.5}                | rl_config.max_steps          | without quotes
            rl_config: {num_envs: 3e9}                 | rl_config.num_envs           | fits
            rl_config: {learning_rate: .nan}           | rl_config.learning_rate      | 3e-4
            dry_run: False                             | dry_run                      | true or false
            dry_run: yes                               | dry_run                      | true or false
            job_id: 12                                 | job_id                       | in quotes
            rl_config: [1]                             | rl_config                    | fields
            asset_spec: {asset_id: a, name: B, observation_space: 8} | asset_spec.observation_space | keys and values
            build_command: make all                    | build_command                | a list
            build_command: [make, 3]                   | build_command[1]             | in quotes
            asset_spec: {asset_id: a, name: B, tags: x}| asset_spec.tags              | a list
            requires: {train: {gpu: 1}}                | requires.train               | a list
            metadata: words                            | metadata                     | keys and texts
            """)
    void namesTheFieldAndTheRemedy(String line, String field, String remedy) {
        String key = line.substring(0, line.indexOf(':'));
        List<Problem> problems = invalid(without(key) + line + "\n");
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.getField()).isEqualTo(field);
            assertThat(problem.getRemedy()).contains(remedy);
        });
    }

    @Test
    void tellsEverythingAtOnce() {
        assertThat(invalid("""
                job_id: "a b"
                asset_spec: {name: class}
                rl_config: {max_step: 1, num_envs: many}
                dryrun: true
                """))
                .extracting(Problem::getField)
                .containsExactlyInAnyOrder(
                        "job_id",
                        "asset_spec.asset_id",
                        "asset_spec.name",
                        "rl_config.max_step",
                        "rl_config.num_envs",
                        "dryrun");
    }

    @Test
    void aKeyGivenTwiceIsToldWithBothLines() {
        assertThat(invalid(MINIMAL + "job_id: other\n")).singleElement().satisfies(problem -> {
            assertThat(problem.getField()).isEqualTo("job_id");
            assertThat(problem.getMessage()).isEqualTo("is given twice, in line 1 and in line 9");
        });
    }

    @Test
    void theEnvironmentFillsInWhatTheFileLeavesOut() {
        JobDefaults defaults = new JobDefaults(Map.of(
                "UNITY_PROJECT_PATH", "/games/reach",
                "VERTEX_PROJECT", "my-project",
                "VERTEX_REGION", "europe-west4",
                "VERTEX_ENABLE", "True",
                "TRAINING_WEBHOOK_URL", "https://example.com/hook"));
        JobFile.Result result = JobFile.parse(MINIMAL + "vertex_region: us-east1\n", defaults);
        TrainingJob job = ((JobFile.Valid) result).job();
        assertThat(job.getUnityProjectPath()).isEqualTo("/games/reach");
        assertThat(job.getVertexProject()).isEqualTo("my-project");
        assertThat(job.getVertexRegion()).isEqualTo("us-east1");
        assertThat(job.getWebhookUrl()).isEqualTo("https://example.com/hook");
        assertThat(job.getRegistration().getTarget()).isEqualTo("vertex");
    }

    static TrainingJob valid(String text) {
        JobFile.Result result = JobFile.parse(text, JobDefaults.none());
        assertThat(result).isInstanceOf(JobFile.Valid.class);
        return ((JobFile.Valid) result).job();
    }

    static List<Problem> invalid(String text) {
        JobFile.Result result = JobFile.parse(text, JobDefaults.none());
        assertThat(result).isInstanceOf(JobFile.Invalid.class);
        return ((JobFile.Invalid) result).problems();
    }

    /** The minimal job without the block of one top-level key. */
    private static String without(String key) {
        return MINIMAL.replaceAll("(?m)^" + key + ":.*\n(^ .*\n)*", "");
    }
}
