package dev.unitymlops.cli;

import static dev.unitymlops.cli.Ran.mlops;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    private static final String EXAMPLES = "../examples/";

    @TempDir
    Path temp;

    @Test
    void ten_mistakes_are_ten_errors_each_with_field_value_and_remedy() {
        Ran ran = mlops("validate", EXAMPLES + "invalid/ten-mistakes.yaml", "--json");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.json().path("valid").booleanValue()).isFalse();
        assertThat(ran.json().path("errors")).hasSize(10).allSatisfy(error -> {
            assertThat(error.path("field").asText()).isNotBlank();
            assertThat(error.has("value")).isTrue();
            assertThat(error.path("message").asText()).isNotBlank();
            assertThat(error.path("remedy").asText()).isNotBlank();
        });
    }

    @Test
    void values_are_shown_as_the_json_that_they_are() {
        Ran ran = mlops("validate", EXAMPLES + "invalid/ten-mistakes.yaml", "--json");

        assertThat(ran.json().path("errors").findValuesAsText("field")).contains("priority", "rl_config.time_scale");
        assertThat(ran.json().path("errors")).anySatisfy(error -> {
            assertThat(error.path("field").asText()).isEqualTo("rl_config.time_scale");
            assertThat(error.path("value").isNumber()).isTrue();
        });
    }

    @Test
    void the_file_that_init_writes_is_valid() {
        String file = temp.resolve("job.yaml").toString();

        assertThat(mlops("init", file).code()).isZero();
        Ran ran = mlops("--json", "validate", file);

        assertThat(ran.code()).isZero();
        assertThat(ran.json().path("job_id").asText()).isEqualTo("my-first-job");
        assertThat(ran.json().path("content_hash").asText()).matches("[0-9a-f]{64}");
        assertThat(ran.json().path("errors")).isEmpty();
    }

    @Test
    void init_writes_over_nothing_unless_it_is_told_to() throws Exception {
        Path file = Files.writeString(temp.resolve("job.yaml"), "mine");

        Ran refused = mlops("init", file.toString());
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("--force");
        assertThat(file).hasContent("mine");

        assertThat(mlops("init", "--force", file.toString()).code()).isZero();
        assertThat(mlops("validate", file.toString()).code()).isZero();
    }

    @Test
    void the_environment_fills_what_a_file_leaves_out_and_is_judged_with_it() {
        Ran ran = mlops(
                Map.of("TRAINING_WEBHOOK_URL", "not a url"), "validate", EXAMPLES + "simple-agent.yaml", "--json");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.json().path("errors").findValuesAsText("field")).containsExactly("webhook_url");
    }

    @Test
    void an_unknown_command_is_bad_input_with_a_suggestion() {
        Ran ran = mlops("valdate");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("mlops validate");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void no_command_at_all_is_bad_input_with_the_help() {
        Ran ran = mlops();

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("Name a command").contains("validate");
    }

    @Test
    void every_command_has_help_and_takes_json_and_the_place_of_the_platform() {
        for (String command : List.of("init", "validate", "run", "up", "submit", "watch", "jobs", "events", "logs")) {
            Ran ran = mlops(command, "--help");

            assertThat(ran.code()).as(command).isZero();
            assertThat(ran.out()).contains("mlops " + command, "--json", "--data-dir");
        }
    }

    @Test
    void a_broker_that_is_not_there_is_unreachable_in_one_sentence() {
        Ran ran = mlops("jobs", "--bootstrap-servers=127.0.0.1:x", "--schema-registry-url=http://127.0.0.1:1");

        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err().lines()).singleElement().asString().contains("127.0.0.1:x");
    }
}
