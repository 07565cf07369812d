package dev.unitymlops.cli.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.cli.OwnTopics;
import dev.unitymlops.cli.RunAlone;
import dev.unitymlops.events.RunningJob;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.SettableClock;
import dev.unitymlops.testkit.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PlatformExtension.class)
class WorkersCommandTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at(START);
    private OwnTopics topics;
    private Producer<String, WorkerPresence> producer;

    @BeforeEach
    void own(TestPlatform platform) throws Exception {
        topics = new OwnTopics(platform, folder);
        platform.createTopics(topics.prefix(), Topics.WORKERS, Topics.WORKER_CORDONS);
        producer = platform.producer();
    }

    @AfterEach
    void close() {
        producer.close();
    }

    @Test
    void the_last_word_of_each_worker_counts_and_who_left_is_not_shown() throws Exception {
        var job = new RunningJob("job-1", 1, 2, START);
        here(presence("a", Stage.TRAIN, START).setRunning(List.of(job)).build());
        here(presence("a", Stage.TRAIN, START).build());
        here(presence("b", Stage.TRAIN, START).setRunning(List.of(job)).build());
        here(presence("c", Stage.BUILD, START).build());
        producer.send(new ProducerRecord<>(topics.named("workers"), "c", null)).get();

        var rows = rows();

        assertThat(rows).containsOnlyKeys("a", "b");
        assertThat(rows.get("a").path("state").asText()).isEqualTo("idle");
        assertThat(rows.get("a").path("stage").asText()).isEqualTo("train");
        JsonNode working = rows.get("b");
        assertThat(working.path("state").asText()).isEqualTo("working");
        assertThat(working.path("slots").intValue()).isEqualTo(2);
        assertThat(working.path("labels"))
                .singleElement()
                .satisfies(it -> assertThat(it.asText()).isEqualTo("gpu"));
        assertThat(working.path("running")).singleElement().satisfies(it -> {
            assertThat(it.path("job_id").asText()).isEqualTo("job-1");
            assertThat(it.path("attempt").intValue()).isEqualTo(2);
            assertThat(it.path("since").asText()).isEqualTo(START.toString());
        });
        assertThat(mlops("workers").out()).contains("1/2", "gpu", "job-1 (run 1, attempt 2, since " + START + ")");
    }

    @Test
    void a_worker_not_heard_of_for_two_of_its_leases_is_gone_and_shown_only_when_asked_for() throws Exception {
        here(presence("a", Stage.TRAIN, START).setLeaseMs(10_000L).build());
        here(presence("b", Stage.TRAIN, START)
                .setDraining(true)
                .setLeaseMs(30_000L)
                .build());

        clock.advance(Duration.ofSeconds(20));
        assertThat(rows().get("a").path("state").asText()).isEqualTo("idle");
        assertThat(rows().get("b").path("state").asText()).isEqualTo("draining");

        clock.advance(Duration.ofSeconds(1));
        assertThat(rows()).containsOnlyKeys("b");
        assertThat(rows("--all").get("a").path("state").asText()).isEqualTo("gone");
        assertThat(mlops("workers").err()).contains("1 gone without a goodbye; --all shows them.");
        assertThat(mlops("workers", "--all").out()).contains("last heard " + START);
    }

    @Test
    void a_worker_that_takes_no_new_work_says_why() throws Exception {
        here(presence("a", Stage.TRAIN, START)
                .setRunning(List.of(new RunningJob("job-1", 1, 2, START)))
                .setPaused("no space left under artifacts")
                .build());
        here(presence("b", Stage.TRAIN, START).build());

        assertThat(rows().get("a").path("state").asText()).isEqualTo("paused");
        assertThat(rows().get("a").path("paused").asText()).isEqualTo("no space left under artifacts");
        assertThat(rows().get("b").path("paused").isNull()).isTrue();
        assertThat(mlops("workers").out()).contains("job-1 (run 1", "no space left under artifacts");
    }

    @Test
    void none_is_said_to_be_none() {
        assertThat(mlops("workers").out()).contains("No worker is there.");
    }

    @Test
    void a_cordon_is_written_for_host_and_stage_and_lifted_again() throws Exception {
        here(presence("a", Stage.TRAIN, START).build());
        here(presence("b", Stage.BUILD, START).build());
        producer.send(new ProducerRecord<>(topics.named("workers"), "b", null)).get();

        RunAlone cordoned = mlops("workers", "cordon", "a", "--reason", "driver update", "--by", "anna");
        assertThat(cordoned.code()).isZero();
        assertThat(cordoned.out()).contains("Cordoned host-1/train:", "mlops workers uncordon host-1/train lifts it");
        producer.send(new ProducerRecord<>(topics.named("workers"), "a", null)).get();
        assertThat(mlops("workers").err())
                .as("over restarts, and while nobody is there")
                .contains("host-1/train is cordoned by anna: driver update; no worker is there.");

        RunAlone lifted = mlops("workers", "uncordon", "host-1", "--json");
        assertThat(lifted.code()).isZero();
        assertThat(lifted.json()).singleElement().satisfies(row -> {
            assertThat(row.path("host").asText()).isEqualTo("host-1");
            assertThat(row.path("stage").asText()).isEqualTo("train");
            assertThat(row.path("cordoned").booleanValue()).isFalse();
        });
        assertThat(mlops("workers").err()).doesNotContain("cordoned");
    }

    @Test
    void a_host_means_all_its_stages() throws Exception {
        here(presence("a", Stage.TRAIN, START).build());
        here(presence("b", Stage.BUILD, START).build());
        assertThat(mlops("workers", "cordon", "host-1", "--json").json())
                .extracting(row -> row.path("stage").asText())
                .containsExactly("build", "train");
    }

    @Test
    void an_unknown_worker_and_a_cordon_that_is_not_there_are_refused() throws Exception {
        here(presence("a", Stage.TRAIN, START).build());
        RunAlone unknown = mlops("workers", "cordon", "host-2");
        assertThat(unknown.code()).isEqualTo(3);
        assertThat(unknown.err()).contains("There is no worker host-2; did you mean host-1?");
        RunAlone nothing = mlops("workers", "uncordon", "host-1/train");
        assertThat(nothing.code()).isEqualTo(3);
        assertThat(nothing.err()).contains("There is nothing to lift: host-1/train is not cordoned.");
    }

    private static WorkerPresence.Builder presence(String id, Stage stage, Instant at) {
        return WorkerPresence.newBuilder()
                .setWorkerId(id)
                .setStage(stage)
                .setHost("host-1")
                .setPid(42)
                .setSlots(2)
                .setLabels(List.of("gpu"))
                .setStartedAt(at)
                .setAt(at);
    }

    private void here(WorkerPresence presence) throws Exception {
        producer.send(new ProducerRecord<>(topics.named("workers"), presence.getWorkerId(), presence))
                .get();
    }

    private Map<String, JsonNode> rows(String... options) {
        String[] arguments = Stream.concat(Stream.of("workers", "--json"), Stream.of(options))
                .toArray(String[]::new);
        return mlops(arguments).json().stream()
                .collect(Collectors.toMap(row -> row.path("worker_id").asText(), Function.identity()));
    }

    private RunAlone mlops(String... arguments) {
        return topics.run((say, find) -> WorkersCommand.with(say, find, clock), arguments);
    }
}
