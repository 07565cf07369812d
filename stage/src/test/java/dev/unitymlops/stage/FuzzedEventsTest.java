package dev.unitymlops.stage;

import static dev.unitymlops.stage.Requests.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.CancelCommand;
import dev.unitymlops.events.ControlAction;
import dev.unitymlops.events.InputCommand;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.events.RetryCommand;
import dev.unitymlops.events.StageCommand;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bytes of all kinds on the topics that anybody may write to: each record has exactly one answer, and the service goes on.
 * {@code -Devent.fuzz.seed=N} and {@code -Devent.fuzz.count=N} make others and more.
 */
@ExtendWith(PlatformExtension.class)
class FuzzedEventsTest {

    private static final long SEED = Long.getLong("event.fuzz.seed", 7);
    private static final int COUNT = Integer.getInteger("event.fuzz.count", 150);

    /** Bytes of a value that a producer sends by default, which allows 1 MiB for a record and what is around it. */
    private static final int LARGEST = 1_048_000;

    /** Of Confluent's wire format: 0, and four bytes of a schema's id. */
    private static final int FRAME = 5;

    @Test
    void eachHasExactlyOneAnswerAndAValidJobPassesAfterwards(TestPlatform platform, @TempDir Path folder)
            throws Exception {
        Random random = new Random(SEED);
        try (Fleet fleet = new Fleet(platform, folder)) {
            RunningServices service = fleet.start(new DryBuilds(), Map.of("worker.lease", "60s"));
            byte[] request = bytes(platform, fleet.name(Topics.JOB_REQUESTED), Requests.of(job("fuzzed", "")));
            byte[] control = bytes(
                    platform,
                    fleet.name(Topics.JOB_CONTROL),
                    JobControl.newBuilder()
                            .setJobId("fuzzed")
                            .setRun(1)
                            .setAction(ControlAction.RETRY)
                            .build());
            Map<String, List<byte[]>> giants = giants(platform, fleet);
            Map<String, Integer> sent = new HashMap<>();
            try (KafkaProducer<byte[], byte[]> raw = new KafkaProducer<>(
                    platform.clientConfig(), new ByteArraySerializer(), new ByteArraySerializer())) {
                for (int i = 0; i < COUNT; i++) {
                    boolean controls = random.nextInt(3) == 0;
                    String topic = fleet.name(controls ? Topics.JOB_CONTROL : Topics.JOB_REQUESTED);
                    byte[] key = random.nextInt(5) == 0 ? null : random(random, 20);
                    var unused = raw.send(new ProducerRecord<>(topic, key, made(controls ? control : request, random)));
                    sent.merge(topic, 1, Integer::sum);
                }
                for (Map.Entry<String, List<byte[]>> giant : giants.entrySet()) {
                    for (byte[] value : giant.getValue()) {
                        var unused = raw.send(new ProducerRecord<>(giant.getKey(), value));
                        sent.merge(giant.getKey(), 1, Integer::sum);
                    }
                }
                raw.flush();
            }
            fleet.request(job("sane", ""));
            fleet.awaitBuilt("sane");
            sent.merge(fleet.name(Topics.JOB_REQUESTED), 1, Integer::sum);

            // The valid job was the last on its topic only: its partition and job-control may still be read.
            new Answers(platform, fleet).await(sent);
            assertThat(service.fatal()).isNotDone();
        }
    }

    /** Records that Kafka just takes, and whose answers it would not take: as large themselves, with more beside them. */
    private static Map<String, List<byte[]>> giants(TestPlatform platform, Fleet fleet) throws Exception {
        String requests = fleet.name(Topics.JOB_REQUESTED);
        String controls = fleet.name(Topics.JOB_CONTROL);
        byte[] garbage = new byte[LARGEST];
        Arrays.fill(garbage, (byte) 'x');
        JobControl cancel = JobControl.newBuilder()
                .setJobId("fuzzed")
                .setRun(9)
                .setAction(ControlAction.CANCEL)
                .setReason("r".repeat(LARGEST - 1_000))
                .build();
        return Map.of(
                requests,
                List.of(
                        garbage,
                        bytes(platform, requests, Requests.of(job("i".repeat(LARGEST / 2), ""))),
                        bytes(platform, requests, Requests.of(job("i".repeat(LARGEST - 5_000), "")))),
                controls,
                List.of(garbage, bytes(platform, controls, cancel)));
    }

    /** What became of the records of a topic, by its name. */
    private static final class Answers {
        private final Fleet fleet;
        private final TestPlatform platform;
        private final List<String> letters = new ArrayList<>();
        private final Map<String, List<String>> seen = new HashMap<>();

        Answers(TestPlatform platform, Fleet fleet) {
            this.platform = platform;
            this.fleet = fleet;
        }

        void await(Map<String, Integer> sent) {
            Awaitility.await().atMost(Fleet.PATIENCE).untilAsserted(() -> {
                read();
                sent.forEach((topic, count) -> assertThat(seen.getOrDefault(topic, List.of()))
                        .as(topic)
                        .hasSizeGreaterThanOrEqualTo(count));
            });
            sent.forEach((topic, count) ->
                    assertThat(seen.get(topic)).as(topic).hasSize(count).doesNotHaveDuplicates());
            assertThat(letters).as("dead letters").hasSizeGreaterThan(COUNT / 2);
        }

        private void read() throws Exception {
            seen.clear();
            letters.clear();
            for (TopicSpec topic : List.of(Topics.JOB_REQUESTED, Topics.JOB_CONTROL)) {
                for (ConsumerRecord<byte[], byte[]> letter : raw(fleet.name(topic.deadLetters()))) {
                    assertThat(header(letter, "message")).isNotBlank();
                    assertThat(header(letter, "exception")).isNotBlank();
                    letters.add(header(letter, "topic"));
                    answered(header(letter, "topic"), header(letter, "partition") + "@" + header(letter, "offset"));
                }
            }
            for (ConsumerRecord<String, JobRejected> refused :
                    fleet.<JobRejected>reader(Topics.JOB_REJECTED).readToEnd()) {
                if (!refused.value().getReason().equals("duplicate")) {
                    answered(refused.value().getRecord());
                }
            }
            for (ConsumerRecord<String, StageCommand> command :
                    fleet.<StageCommand>reader(Topics.BUILD_COMMANDS).readToEnd()) {
                switch (command.value().getBody()) {
                    case InputCommand input -> answered(input.getInput().getRecord());
                    case CancelCommand ignored -> answeredControl(command);
                    case RetryCommand ignored -> answeredControl(command);
                    case null, default -> {}
                }
            }
        }

        private void answered(RecordCoordinates at) {
            answered(at.getTopic(), at.getPartition() + "@" + at.getOffset());
        }

        private void answeredControl(ConsumerRecord<?, ?> command) {
            answered(fleet.name(Topics.JOB_CONTROL), "command " + command.partition() + "@" + command.offset());
        }

        private void answered(String topic, String place) {
            seen.computeIfAbsent(topic, ignored -> new ArrayList<>()).add(place);
        }

        private List<ConsumerRecord<byte[], byte[]>> raw(String topic) {
            Map<String, Object> config = platform.clientConfig();
            config.put("isolation.level", "read_committed");
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                        .map(found -> new TopicPartition(topic, found.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
                consumer.endOffsets(partitions).forEach((partition, end) -> {
                    while (consumer.position(partition) < end) {
                        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
                    }
                });
                return records;
            }
        }

        private static String header(ConsumerRecord<?, ?> letter, String name) {
            return new String(letter.headers().lastHeader("dead-letter." + name).value(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] made(byte[] valid, Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> random(random, 200);
            case 1 -> framed(valid, random(random, 200));
            case 2 -> framed(valid, lengths(random));
            case 3 -> ByteBuffer.wrap(valid.clone()).putInt(1, random.nextInt()).array();
            case 4 -> Arrays.copyOf(valid, random.nextInt(valid.length));
            case 5 -> null;
            default -> flipped(valid, random);
        };
    }

    private static byte[] random(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] framed(byte[] valid, byte[] body) {
        return ByteBuffer.allocate(FRAME + body.length)
                .put(valid, 0, FRAME)
                .put(body)
                .array();
    }

    /** Avro's variable-length numbers at their largest, where a reader that believes them would allocate gigabytes. */
    private static byte[] lengths(Random random) {
        ByteBuffer bytes = ByteBuffer.allocate(50);
        while (bytes.remaining() >= 10) {
            byte[] most = {-2, -1, -1, -1, (byte) (random.nextInt(8) << 1)};
            bytes.put(most);
        }
        return bytes.flip().array();
    }

    private static byte[] flipped(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        for (int hits = random.nextInt(1, 6); hits > 0; hits--) {
            bytes[random.nextInt(FRAME, bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    @SuppressWarnings("unchecked")
    private static byte[] bytes(TestPlatform platform, String topic, SpecificRecord event) throws Exception {
        try (Serializer<Object> serializer =
                Utils.newInstance("io.confluent.kafka.serializers.KafkaAvroSerializer", Serializer.class)) {
            serializer.configure(platform.clientConfig(), false);
            return serializer.serialize(topic, event);
        }
    }
}
