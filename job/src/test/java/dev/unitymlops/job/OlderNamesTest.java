package dev.unitymlops.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OlderNamesTest {
    private static final String ASSET = "job_id: a\nasset_spec: {asset_id: b, name: Cee}\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "offline_dataset_path: /demos/a.demo",
                "demo_path: /demos/a.demo",
                "demonstration_paths: [/demos/a.demo]",
                "demonstration_path: /demos/a.demo"
            })
    void demonstrationPaths(String line) {
        TrainingJob job = JobFileTest.valid(ASSET + "rl_config: {" + line + ", training_mode: hybrid}\n");
        assertThat(job.getRlConfig().getDemonstrationPath()).isEqualTo("/demos/a.demo");
    }

    @Test
    void severalDemonstrationPathsBelongIntoAFolder() {
        assertThat(JobFileTest.invalid(ASSET + "rl_config: {demonstration_paths: [a, b]}\n"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.getField()).isEqualTo("rl_config.demonstration_paths");
                    assertThat(problem.getRemedy()).contains("one folder");
                });
    }

    @Test
    void theOlderAndTodaysNameTogetherAreRefused() {
        assertThat(JobFileTest.invalid(ASSET + "rl_config: {demonstration_path: a, offline_dataset_path: b}\n"))
                .extracting(Problem::getField)
                .containsExactly("rl_config.offline_dataset_path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"training_hints", "generation_context", "generation_hints", "extra_context", "metadata", "hints"
            })
    void hints(String name) {
        TrainingJob job = JobFileTest.valid(
                "job_id: a\nasset_spec: {asset_id: b, name: Cee, " + name + ": {style: calm}}\nrl_config: {}\n");
        assertThat(job.getAssetSpec().getHints()).isEqualTo("{\"style\":\"calm\"}");
    }

    @Test
    void registration() {
        String job = ASSET + "rl_config: {}\n";
        assertThat(target(job + "register_to_vertex: true\n")).isEqualTo("auto");
        assertThat(target(job + "register_to_vertex: false\n")).isEqualTo("none");
        assertThat(target(job + "registration: file\n")).isEqualTo("file");
        assertThat(target(job + "registration: {target: none}\n")).isEqualTo("none");
    }

    @Test
    void createdAtBecomesMetadata() {
        TrainingJob job = JobFileTest.valid(ASSET + "rl_config: {}\ncreated_at: 2026-01-01\nmetadata: {a: 1}\n");
        assertThat(job.getMetadata()).containsEntry("created_at", "2026-01-01").containsEntry("a", "1");
    }

    private static String target(String text) {
        return JobFileTest.valid(text).getRegistration().getTarget();
    }
}
