package dev.unitymlops.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.cli.OwnTopics;
import dev.unitymlops.cli.RunAlone;
import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.records.ReadToEnd;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.events.ControlAction;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PlatformExtension.class)
class DeadLettersCommandTest {
    private static final byte[] GARBAGE = "garbage".getBytes(UTF_8);
    private static final TopicSpec CONTROL_LETTERS = Topics.JOB_CONTROL.deadLetters();

    @TempDir
    Path folder;

    private OwnTopics topics;
    private Cluster cluster;
    private Producer<byte[], byte[]> producer;

    @BeforeEach
    void own(TestPlatform platform) throws Exception {
        topics = new OwnTopics(platform, folder);
        platform.createTopics(topics.prefix(), Topics.JOB_CONTROL, CONTROL_LETTERS);
        cluster = topics.cluster();
        producer = cluster.clients().bytesProducer("test", Map.of());
    }

    @AfterEach
    void close() {
        producer.close();
    }

    @Test
    void no_letters_are_said_to_be_none() {
        assertThat(mlops("dead-letters", "list").out()).contains("no dead letters");
        assertThat(mlops("dead-letters", "list", "--json").json()).isEmpty();
    }

    @Test
    void the_list_says_where_a_record_was_and_why_it_is_here() throws Exception {
        put("job-1", GARBAGE, 5);

        assertThat(mlops("dead-letters", "list", "--json", "--topic", "job-control")
                        .json())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.path("letter").asText()).isEqualTo("job-control.dead-letters/0/0");
                    assertThat(row.path("topic").asText()).isEqualTo("job-control");
                    assertThat(row.path("partition").intValue()).isEqualTo(5);
                    assertThat(row.path("offset").longValue()).isEqualTo(17);
                    assertThat(row.path("reason").asText()).isEqualTo("Unknown magic byte!");
                    assertThat(row.path("replayed").isNull()).isTrue();
                });
        assertThat(mlops("dead-letters", "list").out()).contains("job-control.dead-letters/0/0");
    }

    @Test
    void a_letter_is_shown_with_its_headers_and_in_hexadecimal() throws Exception {
        put("job-1", GARBAGE, 5);

        RunAlone ran = mlops("dead-letters", "show", "job-control.dead-letters/0/0");

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("key: job-1", "ce_id: e1", "7 bytes; not decodable", "67 61 72 62 61 67 65", "|garbage|");
    }

    @Test
    void a_letter_that_can_be_decoded_is_shown_as_the_event_that_it_is() throws Exception {
        put("job-1", avro(), 5);

        RunAlone ran = mlops("dead-letters", "show", "job-control.dead-letters/0/0", "--json");

        assertThat(ran.json()).singleElement().satisfies(view -> {
            assertThat(view.path("letter").asText()).isEqualTo("job-control.dead-letters/0/0");
            assertThat(view.path("value").path("job_id").asText()).isEqualTo("job-1");
            assertThat(view.path("schema_id").isInt()).isTrue();
            assertThat(view.path("undecodable").isNull()).isTrue();
        });
    }

    @Test
    void a_replayed_record_is_what_it_was_where_it_was_and_is_not_sent_twice() throws Exception {
        put("job-1", GARBAGE, 5);

        RunAlone ran = mlops("dead-letters", "replay", "job-control.dead-letters/0/0", "--json");

        assertThat(ran.code()).isZero();
        assertThat(ran.json()).singleElement().satisfies(row -> {
            assertThat(row.path("topic").asText()).isEqualTo(topics.named("job-control"));
            assertThat(row.path("partition").intValue()).isEqualTo(5);
        });
        assertThat(records(Topics.JOB_CONTROL)).singleElement().satisfies(record -> {
            assertThat(record.partition()).isEqualTo(5);
            assertThat(record.key()).isEqualTo("job-1".getBytes(UTF_8));
            assertThat(record.value()).isEqualTo(GARBAGE);
            assertThat(record.headers()).extracting(header -> header.key()).containsExactly("ce_id");
        });

        RunAlone again = mlops("dead-letters", "replay", "job-control.dead-letters/0/0");
        assertThat(again.code()).isEqualTo(3);
        assertThat(again.err()).contains("--again");
        assertThat(records(Topics.JOB_CONTROL)).hasSize(1);
        assertThat(mlops("dead-letters", "list", "--json").json())
                .singleElement()
                .satisfies(row -> assertThat(row.path("replayed").isTextual()).isTrue());
    }

    @Test
    void all_means_those_that_were_not_sent_again_unless_again_is_said() throws Exception {
        put("job-1", GARBAGE, 1);
        assertThat(mlops("dead-letters", "replay", "--all").code()).isZero();
        put("job-2", GARBAGE, 2);

        RunAlone second = mlops("dead-letters", "replay", "--all");
        assertThat(second.code()).isZero();
        assertThat(second.err()).contains("1 were sent again earlier", "1 sent again.");
        assertThat(records(Topics.JOB_CONTROL))
                .extracting(record -> new String(record.key(), UTF_8))
                .containsExactlyInAnyOrder("job-1", "job-2");

        assertThat(mlops("dead-letters", "replay", "--all", "--again").code()).isZero();
        assertThat(records(Topics.JOB_CONTROL)).hasSize(4);
    }

    @Test
    void a_letter_that_says_nothing_of_itself_goes_where_its_key_belongs() throws Exception {
        producer.send(new ProducerRecord<>(topics.named(CONTROL_LETTERS.name()), "job-1".getBytes(UTF_8), GARBAGE))
                .get();

        assertThat(mlops("dead-letters", "list").out()).contains("does not say why");
        assertThat(mlops("dead-letters", "replay", "--all").code()).isZero();
        assertThat(records(Topics.JOB_CONTROL)).hasSize(1);
    }

    @Test
    void of_two_replayers_only_the_later_one_sends() throws Exception {
        put("job-1", GARBAGE, 1);
        List<DeadLetter> letters = new ReadLetters(cluster).all(List.of(CONTROL_LETTERS));
        ConsumerRecord<byte[], byte[]> record = records(CONTROL_LETTERS).getFirst();
        try (var first = new ReplayLetters(cluster);
                var second = new ReplayLetters(cluster)) {
            assertThatThrownBy(() -> first.replay(letters.getFirst(), record))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("Another");
            assertThat(second.replay(letters.getFirst(), record).getPartition()).isEqualTo(1);
        }
        assertThat(records(Topics.JOB_CONTROL)).hasSize(1);
    }

    @Test
    void what_cannot_be_meant_is_refused() throws Exception {
        put("job-1", GARBAGE, 1);

        assertThat(mlops("dead-letters", "replay").code()).isEqualTo(2);
        assertThat(mlops("dead-letters", "replay", "--all", "job-control.dead-letters/0/0")
                        .code())
                .isEqualTo(2);
        assertThat(mlops("dead-letters", "show", "17").code()).isEqualTo(2);
        assertThat(mlops("dead-letters", "list", "--topic", "workers").err()).contains("job-requested.dead-letters");
        RunAlone missing = mlops("dead-letters", "replay", "job-control/0/9");
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err()).contains("job-control.dead-letters/0/9");
        assertThat(records(Topics.JOB_CONTROL)).isEmpty();
    }

    private void put(String key, byte[] value, int partition) throws Exception {
        var headers = new RecordHeaders();
        headers.add("ce_id", "e1".getBytes(UTF_8));
        headers.add("dead-letter.topic", topics.named("job-control").getBytes(UTF_8));
        headers.add("dead-letter.partition", String.valueOf(partition).getBytes(UTF_8));
        headers.add("dead-letter.offset", "17".getBytes(UTF_8));
        headers.add("dead-letter.exception", "SerializationException".getBytes(UTF_8));
        headers.add("dead-letter.message", "Unknown magic byte!".getBytes(UTF_8));
        producer.send(new ProducerRecord<>(
                        topics.named(CONTROL_LETTERS.name()), null, key.getBytes(UTF_8), value, headers))
                .get();
    }

    private byte[] avro() {
        var control = new JobControl(
                "job-1", 1, ControlAction.CANCEL, false, "", "test", Instant.parse("2026-01-02T03:04:05Z"));
        return cluster.clients().<JobControl>serializer().serialize(topics.named("job-control"), control);
    }

    private List<ConsumerRecord<byte[], byte[]>> records(TopicSpec topic) throws Exception {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        new ReadToEnd(cluster).each(List.of(topic), records::add);
        return records;
    }

    private RunAlone mlops(String... arguments) {
        return topics.run(DeadLettersCommand::new, arguments);
    }
}
