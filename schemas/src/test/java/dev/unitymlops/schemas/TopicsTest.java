package dev.unitymlops.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.JobRequested;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private static final List<String> COMPACTED =
            List.of("workers", "worker-cordons", "build-work", "train-work", "registry-work", "training-schedules");

    /** What has one partition for good. */
    private static final List<String> IN_ONE_PLACE =
            List.of("training-schedules", "schedule-control", "scheduled-jobs", "worker-cordons");

    @Test
    void areThoseOfTheDesign() {
        assertThat(Topics.all())
                .extracting(TopicSpec::name)
                .containsExactlyInAnyOrder(
                        "job-requested",
                        "build-completed",
                        "training-completed",
                        "model-registered",
                        "model-promoted",
                        "job-failed",
                        "job-progress",
                        "job-control",
                        "job-rejected",
                        "workers",
                        "worker-cordons",
                        "build-commands",
                        "train-commands",
                        "registry-commands",
                        "build-work",
                        "train-work",
                        "registry-work",
                        "training-schedules",
                        "schedule-control",
                        "schedule-ticks",
                        "scheduled-jobs",
                        "webhook-deliveries",
                        "webhook-commands",
                        "webhook-control");
    }

    @Test
    void everyConstantIsAmongThem() {
        List<TopicSpec> constants = Stream.of(Topics.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == TopicSpec.class)
                .map(TopicsTest::constant)
                .toList();
        assertThat(Topics.all()).containsExactlyInAnyOrderElementsOf(constants);
    }

    @Test
    void haveDistinctNamesThatKafkaTakes() {
        assertThat(Topics.allWithDeadLetters())
                .extracting(TopicSpec::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z-]+(\\.dead-letters)?"));
    }

    @Test
    void sayWhatTheyAre() {
        assertThat(Topics.allWithDeadLetters()).allSatisfy(topic -> {
            assertThat(topic.key()).as("key of %s", topic.name()).isNotBlank();
            assertThat(topic.owner()).as("owner of %s", topic.name()).isNotBlank();
            assertThat(topic.says()).as("meaning of %s", topic.name()).endsWith(".");
        });
    }

    @Test
    void haveEightPartitionsAndTheirDeadLettersOne() {
        assertThat(Topics.all())
                .allSatisfy(topic -> assertThat(topic.partitions())
                        .as("partitions of %s", topic.name())
                        .isEqualTo(IN_ONE_PLACE.contains(topic.name()) ? 1 : 8));
        assertThat(deadLetters()).extracting(TopicSpec::partitions).containsOnly(1);
    }

    @Test
    void keepTheLastRecordOfAKeyOrAllForAWhile() {
        assertThat(Topics.all())
                .filteredOn(TopicSpec::compacted)
                .extracting(TopicSpec::name)
                .containsExactlyInAnyOrderElementsOf(COMPACTED);
        assertThat(Topics.allWithDeadLetters())
                .filteredOn(topic -> !topic.compacted())
                .allSatisfy(topic -> assertThat(retention(topic))
                        .as("retention of %s", topic.name())
                        .isEqualTo(Duration.ofDays(days(topic.name()))));
    }

    private static int days(String topic) {
        return switch (topic) {
            case "job-progress" -> 7;
            case "schedule-ticks" -> 90;
            case "model-promoted" -> 365;
            default -> 30;
        };
    }

    @Test
    void commandsOutliveTheInputsThatTheyPointTo() {
        Duration input = retention(Topics.JOB_REQUESTED);
        assertThat(Stream.of(Topics.BUILD_COMMANDS, Topics.TRAIN_COMMANDS, Topics.REGISTRY_COMMANDS))
                .allSatisfy(topic -> assertThat(retention(topic)).isGreaterThanOrEqualTo(input));
    }

    @Test
    void deadLettersKeepKeyAndBytesOfTheirTopic() {
        assertThat(deadLetters())
                .extracting(TopicSpec::name)
                .containsExactlyInAnyOrder(
                        "job-requested.dead-letters",
                        "build-completed.dead-letters",
                        "training-completed.dead-letters",
                        "job-control.dead-letters",
                        "build-commands.dead-letters",
                        "train-commands.dead-letters",
                        "registry-commands.dead-letters",
                        "training-schedules.dead-letters",
                        "schedule-control.dead-letters",
                        "model-registered.dead-letters",
                        "job-failed.dead-letters",
                        "job-progress.dead-letters",
                        "schedule-ticks.dead-letters",
                        "webhook-commands.dead-letters",
                        "webhook-control.dead-letters");
        assertThat(deadLetters()).allSatisfy(topic -> assertThat(topic.value()).isNull());
        assertThat(Topics.JOB_REQUESTED.deadLetters().key()).isEqualTo(Topics.JOB_REQUESTED.key());
    }

    @Test
    void areFoundByName() {
        assertThat(Topics.named("job-requested").value()).isEqualTo(JobRequested.getClassSchema());
        assertThat(Topics.named("job-control.dead-letters")).isEqualTo(Topics.JOB_CONTROL.deadLetters());
        assertThatThrownBy(() -> Topics.named("job-request"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'job-request'")
                .hasMessageContaining("job-requested");
    }

    private static List<TopicSpec> deadLetters() {
        return Topics.allWithDeadLetters().stream()
                .filter(topic -> topic.name().endsWith(".dead-letters"))
                .toList();
    }

    private static Duration retention(TopicSpec topic) {
        return Duration.ofMillis(Long.parseLong(topic.configs().getOrDefault("retention.ms", "0")));
    }

    private static TopicSpec constant(Field field) {
        try {
            return (TopicSpec) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(field + " is public", e);
        }
    }
}
