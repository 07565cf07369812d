package dev.unitymlops.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    /** The module schedule reads that one. */
    private static final Path SCHEDULE = EXAMPLES.resolve("nightly.yaml");

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.equals(SCHEDULE))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsValidAndGivesNoWarning(Path example) {
        JobFile.Result result = JobFile.read(example, JobDefaults.none());
        assertThat(result)
                .isInstanceOfSatisfying(
                        JobFile.Valid.class,
                        valid -> assertThat(valid.warnings()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "reach-target.yaml, false",
        "simple-agent.yaml, true",
        "offline-demonstration.yaml, true",
        "full.yaml, true",
        "slow-stage.yaml, false"
    })
    void onlySomeAreDry(String name, boolean dry) {
        JobFile.Result result = JobFile.read(EXAMPLES.resolve(name), JobDefaults.none());
        assertThat(((JobFile.Valid) result).job().getDryRun()).isEqualTo(dry);
    }

    @Test
    void tenMistakesAreToldAtOnce() {
        JobFile.Result result = JobFile.read(EXAMPLES.resolve("invalid/ten-mistakes.yaml"), JobDefaults.none());
        List<Problem> problems = ((JobFile.Invalid) result).problems();
        assertThat(problems)
                .extracting(Problem::getField)
                .containsExactlyInAnyOrder(
                        "job_id",
                        "priority",
                        "webhook_url",
                        "asset_spec.name",
                        "asset_spec.observation_space.raycst",
                        "asset_spec.action_space.size",
                        "unity.scripting_backend",
                        "rl_config.max_step",
                        "rl_config.time_scale",
                        "rl_config.batch_size");
        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.getValue()).isNotBlank();
            assertThat(problem.getMessage()).isNotBlank();
            assertThat(problem.getRemedy()).isNotBlank();
        });
    }

    @Test
    void theFullExampleNamesEveryField() throws IOException {
        String text = Files.readString(EXAMPLES.resolve("full.yaml"));
        assertThat(fields(TrainingJob.getClassSchema()))
                .allSatisfy(field -> assertThat(text).containsPattern("(?m)^ *(# )?" + field + ":"));
    }

    @Test
    void theFileOfInitIsAValidJobWithoutWarning() {
        assertThat(JobFile.parse(JobFile.template(), JobDefaults.none()))
                .isInstanceOfSatisfying(
                        JobFile.Valid.class,
                        valid -> assertThat(valid.warnings()).isEmpty());
    }

    private static Stream<String> fields(Schema schema) {
        return schema.getFields().stream()
                .flatMap(field -> Stream.concat(Stream.of(field.name()), fieldsBelow(field.schema())));
    }

    private static Stream<String> fieldsBelow(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> fields(schema);
            case UNION -> schema.getTypes().stream().flatMap(ExamplesTest::fieldsBelow);
            default -> Stream.of();
        };
    }
}
