package dev.unitymlops.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.TrainingJob;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    private static final String HEAD = """
            job_id: a
            asset_spec: {asset_id: b, name: Cee}
            """;

    /** A changed hash makes every finished job look like another one: change the golden value only with a new field. */
    @Test
    void theHashOfTheGuidesJobStaysTheSame() {
        JobFile.Result result = JobFile.read(Path.of("..", "examples", "simple-agent.yaml"), JobDefaults.none());
        assertThat(ContentHash.of(((JobFile.Valid) result).job()))
                .isEqualTo("e733b5c9f4e58626dd8e6f58243db1d9a304d56a1f5e924d91b47ecc2cc70650");
    }

    @Test
    void orderSpacingAndWrittenOutDefaultsDoNotCount() {
        assertThat(hash(HEAD + "rl_config: {max_steps: 1e5, num_envs: 16}\ndry_run: true\n"))
                .isEqualTo(hash("{\"rl_config\": {\"max_steps\": 100000},\n" + "\"asset_spec\": {\"name\": \"Cee\","
                        + " \"asset_id\": \"b\"}, \"job_id\": \"a\"}"));
    }

    @Test
    void whenAndFromWhereDoesNotCount() {
        assertThat(hash(HEAD + "rl_config: {}\ncreated_at: 2026-01-01T00:00:00Z\nprovenance: {plan_id: p}\n"
                        + "metadata: {traceparent: x}\n"))
                .isEqualTo(hash(HEAD + "rl_config: {}\n"));
    }

    @Test
    void everythingElseCounts() {
        String plain = hash(HEAD + "rl_config: {}\n");
        assertThat(hash(HEAD + "rl_config: {seed: 43}\n")).isNotEqualTo(plain);
        assertThat(hash(HEAD + "rl_config: {}\nmetadata: {a: b}\n")).isNotEqualTo(plain);
        assertThat(hash(HEAD + "rl_config: {}\noutput_dir: ./artifacts\n")).isNotEqualTo(plain);
    }

    private static String hash(String text) {
        TrainingJob job = JobFileTest.valid(text);
        return ContentHash.of(job);
    }
}
