package dev.unitymlops.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.Stage;
import dev.unitymlops.runtime.DeadLetters;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.TraceParent;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes stand on a topic that a service reads: they are kept with the reason, and the pipeline goes on. */
@ExtendWith(PlatformExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GarbageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final byte[] KEY = "garbage".getBytes(UTF_8);

    /** The first five bytes of what Confluent's serializer writes: zero, and the schema's id. */
    private static final byte[] UNKNOWN_SCHEMA =
            ByteBuffer.allocate(9).put((byte) 0).putInt(999_999).putInt(7).array();

    private static final List<TopicSpec> INPUTS =
            List.of(Topics.JOB_REQUESTED, Topics.BUILD_COMPLETED, Topics.TRAINING_COMPLETED, Topics.JOB_CONTROL);

    private Pipeline pipeline;
    private RunningServices services;

    @BeforeAll
    void start(TestPlatform platform, @TempDir Path folder) throws Exception {
        pipeline = new Pipeline(platform, folder);
        services = pipeline.startInThisJvm(4);
    }

    @AfterAll
    void stop() {
        pipeline.close();
        services.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"job-requested", "build-completed", "training-completed", "job-control"})
    void isKeptWithTheReason(String name) throws Exception {
        TopicSpec topic = Topics.named(name);
        sendGarbage(topic);
        assertThat(awaitDeadLetters(topic, 5).values())
                .anySatisfy(it -> assertThat(it.value()).isEqualTo(UNKNOWN_SCHEMA))
                .allSatisfy(it -> {
                    assertThat(text(it, "dead-letter.topic")).isEqualTo(pipeline.topic(topic));
                    assertThat(text(it, "dead-letter.exception")).isNotBlank();
                    assertThat(text(it, "dead-letter.message")).isNotBlank().isNotEqualTo("null");
                });
    }

    /** Three services read that topic; the build-service alone keeps what is wrong with it. */
    @Test
    void isKeptOnceOfWhatAllStagesRead() throws Exception {
        sendGarbage(Topics.JOB_CONTROL);
        awaitReadByAll(Topics.JOB_CONTROL);
        List<ConsumerRecord<byte[], byte[]>> kept = deadLettersUntilNow(Topics.JOB_CONTROL);
        assertThat(kept).hasSizeGreaterThanOrEqualTo(5);
        assertThat(kept.stream().map(GarbageTest::place)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"build-commands", "train-commands", "registry-commands"})
    void isKeptByACoordinatorToo(String name) throws Exception {
        TopicSpec topic = Topics.named(name);
        sendGarbage(topic);
        assertThat(awaitDeadLetters(topic, 5).values())
                .anySatisfy(it -> assertThat(it.value()).isEqualTo(UNKNOWN_SCHEMA))
                .allSatisfy(it -> {
                    assertThat(text(it, "dead-letter.topic")).isEqualTo(pipeline.topic(topic));
                    assertThat(text(it, "dead-letter.exception")).isNotBlank();
                });
    }

    private void sendGarbage(TopicSpec topic) throws Exception {
        pipeline.sendBytes(topic, KEY, "{\"job_id\": \"json-instead-of-avro\"}".getBytes(UTF_8));
        pipeline.sendBytes(topic, null, UNKNOWN_SCHEMA);
        pipeline.sendBytes(topic, KEY, new byte[0]);
        pipeline.sendBytes(topic, KEY, null);
        pipeline.sendBytes(topic, KEY, pipeline.encoded(Topics.JOB_PROGRESS, somethingElse()));
    }

    @Test
    void doesNotStopThePipeline() throws Exception {
        for (TopicSpec topic : INPUTS) {
            for (int i = 0; i < 2 * Topics.PARTITIONS; i++) {
                pipeline.sendBytes(topic, ("key-" + i).getBytes(UTF_8), UNKNOWN_SCHEMA);
            }
        }
        pipeline.request(JobFiles.dry("after-garbage"), TraceParent.begin(new SplittableRandom(2)));
        try (TopicReader<SpecificRecord> reader = pipeline.reader(Topics.MODEL_REGISTERED)) {
            reader.await(
                    "the end of after-garbage",
                    all -> all.stream().anyMatch(it -> it.key().equals("after-garbage")),
                    PATIENCE);
        }
    }

    private static JobProgress somethingElse() {
        return JobProgress.newBuilder()
                .setJobId("progress")
                .setRun(1)
                .setStage(Stage.BUILD)
                .setAttempt(1)
                .setPhase("building")
                .setAt(Instant.EPOCH)
                .build();
    }

    /** Until every stage's intake has committed that it has dealt with all that stands there. */
    private void awaitReadByAll(TopicSpec topic) {
        try (Admin admin = Admin.create(pipeline.clientConfig())) {
            Map<TopicPartition, Long> ends = ends(pipeline.topic(topic));
            for (String service : List.of("build-service", "train-service", "registry-service")) {
                String group = pipeline.prefix() + service + "-intake";
                Awaitility.await(group + " at the end of " + topic.name())
                        .atMost(PATIENCE)
                        .until(() -> committed(admin, group, ends));
            }
        }
    }

    private static boolean committed(Admin admin, String group, Map<TopicPartition, Long> ends) throws Exception {
        var offsets = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream().allMatch(end -> {
            var at = offsets.get(end.getKey());
            return end.getValue() == 0 || (at != null && at.offset() >= end.getValue());
        });
    }

    private Map<TopicPartition, Long> ends(String topic) {
        try (var consumer = bytesConsumer()) {
            return consumer.endOffsets(partitions(consumer, topic));
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLettersUntilNow(TopicSpec topic) {
        String letters = pipeline.topic(topic) + DeadLetters.SUFFIX;
        Map<TopicPartition, Long> ends = ends(letters);
        List<ConsumerRecord<byte[], byte[]>> kept = new ArrayList<>();
        try (var consumer = bytesConsumer()) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            Awaitility.await("the end of " + letters).atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(kept::add);
                return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            });
        }
        return kept;
    }

    private KafkaConsumer<byte[], byte[]> bytesConsumer() {
        return new KafkaConsumer<>(pipeline.clientConfig(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(it -> new TopicPartition(it.topic(), it.partition()))
                .toList();
    }

    /** By partition and offset of the record that was refused. */
    private Map<Long, ConsumerRecord<byte[], byte[]>> awaitDeadLetters(TopicSpec topic, int count) {
        Map<Long, ConsumerRecord<byte[], byte[]>> kept = new HashMap<>();
        try (var consumer = bytesConsumer()) {
            var partitions = partitions(consumer, pipeline.topic(topic) + DeadLetters.SUFFIX);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Awaitility.await(count + " dead letters of " + topic.name())
                    .atMost(PATIENCE)
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(100)).forEach(it -> kept.put(place(it), it));
                        return kept.size() >= count;
                    });
        }
        return kept;
    }

    private static long place(ConsumerRecord<byte[], byte[]> record) {
        return Long.parseLong(text(record, "dead-letter.partition")) << 32
                | Long.parseLong(text(record, "dead-letter.offset"));
    }

    private static String text(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        assertThat(header).as(name).isNotNull();
        return new String(header.value(), UTF_8);
    }
}
