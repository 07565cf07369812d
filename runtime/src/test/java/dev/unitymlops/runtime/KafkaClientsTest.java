package dev.unitymlops.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.embedded.BrokerOptions;
import dev.unitymlops.embedded.EmbeddedBroker;
import dev.unitymlops.events.RunningJob;
import dev.unitymlops.schemas.TopicSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class KafkaClientsTest {
    private static EmbeddedBroker broker;

    @BeforeAll
    static void start(@TempDir Path folder) {
        broker = EmbeddedBroker.start(BrokerOptions.in(folder).with("auto.create.topics.enable", "false"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static KafkaClients clients(String... keysAndValues) {
        var values = new HashMap<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", "mock://clients"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new KafkaClients(Settings.of(values).read(KafkaSettings::from));
    }

    private static void create(String... names) throws InterruptedException {
        try (var admin = clients().admin("test")) {
            var topics = new ArrayList<TopicSpec>();
            for (String name : names) {
                topics.add(new TopicSpec(name, "key", null, 1, Map.of(), "test", "Says."));
            }
            new TopicCreator(admin, new TopicSettings(true, "", 1, 0), Duration.ofMinutes(3)).ensure(topics);
        }
    }

    private static RunningJob job(String id) {
        return RunningJob.newBuilder()
                .setJobId(id)
                .setRun(1)
                .setAttempt(1)
                .setSince(Instant.ofEpochMilli(0))
                .build();
    }

    /** The first records of a topic's only partition. */
    private static <K, V> List<ConsumerRecord<K, V>> read(Consumer<K, V> consumer, String topic, int count) {
        var partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        var records = new ArrayList<ConsumerRecord<K, V>>();
        while (records.size() < count) {
            consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
        }
        return records;
    }

    @Test
    void eventsAndTombstonesComeBackAsTheyWere() throws Exception {
        create("events");
        try (var producer = clients().<RunningJob>producer("p", Map.of());
                var consumer = clients().<RunningJob>consumer("c", Map.of())) {
            producer.send(new ProducerRecord<>("events", "job-7", job("job-7"))).get();
            producer.send(new ProducerRecord<>("events", "job-7", null)).get();

            assertThat(read(consumer, "events", 2))
                    .extracting(ConsumerRecord::value)
                    .containsExactly(job("job-7"), null);
        }
    }

    @Test
    void whatWasAbortedIsNeverRead() throws Exception {
        create("aborted");
        var transactional = Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "t");
        try (var producer = clients().<RunningJob>producer("p", transactional);
                var consumer = clients().<RunningJob>consumer("c", Map.of())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("aborted", "a", job("a"))).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("aborted", "b", job("b"))).get();
            producer.commitTransaction();

            assertThat(read(consumer, "aborted", 1))
                    .extracting(ConsumerRecord::key)
                    .containsExactly("b");
        }
    }

    @Test
    void kafkaSettingsPassThroughTheSpecificOverTheGeneral() {
        var clients = clients(
                "kafka.security.protocol", "SSL",
                "kafka.linger.ms", "5",
                "kafka.producer.linger.ms", "9",
                "kafka.consumer.max.poll.records", "3",
                "kafka.streams.num.standby.replicas", "1");

        assertThat(clients.producerConfig("p", Map.of()))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("linger.ms", "9")
                .containsEntry("client.id", "p")
                .doesNotContainKey("max.poll.records");
        assertThat(clients.consumerConfig("c", Map.of("max.poll.records", "1")))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("max.poll.records", "1");
        assertThat(clients.streamsConfig())
                .containsEntry("num.standby.replicas", "1")
                .containsEntry("producer.linger.ms", "9")
                .containsEntry("bootstrap.servers", broker.bootstrapServers());
    }

    @Test
    void settingsThatTakeThePromisesBackAreRefusedAllAtOnce() {
        assertThatThrownBy(() -> clients(
                        "kafka.acks", "0",
                        "kafka.producer.acks", "1",
                        "kafka.streams.producer.acks", "1",
                        "kafka.enable.idempotence", "false",
                        "kafka.consumer.isolation.level", "read_uncommitted",
                        "kafka.streams.main.consumer.enable.auto.commit", "true"))
                .isInstanceOfSatisfying(
                        InvalidSettings.class,
                        refused -> assertThat(refused.problems())
                                .extracting(InvalidSettings.Problem::field)
                                .containsExactlyInAnyOrder(
                                        "kafka.acks",
                                        "kafka.producer.acks",
                                        "kafka.streams.producer.acks",
                                        "kafka.enable.idempotence",
                                        "kafka.consumer.isolation.level",
                                        "kafka.streams.main.consumer.enable.auto.commit"));
    }

    @Test
    void thePromisesAreSet() {
        var clients = clients("kafka.acks", "all", "kafka.producer.acks", "-1");

        assertThat(clients.producerConfig("p", Map.of()))
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        assertThat(clients.consumerConfig("c", Map.of()))
                .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .containsEntry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    }

    @Test
    void registrySettingsReachTheSerializersOnly() {
        var settings = clients(
                        "schema.registry.basic.auth.user.info", "me:sesame",
                        "schema.registry.ssl.truststore.location", "/store",
                        "schema.registry.auto.register.schemas", "false")
                .settings();

        assertThat(settings.serdes())
                .containsEntry("schema.registry.url", "mock://clients")
                .containsEntry("basic.auth.user.info", "me:sesame")
                .containsEntry("schema.registry.ssl.truststore.location", "/store")
                .containsEntry("auto.register.schemas", "false");
        assertThat(settings.of("producer")).doesNotContainKey("basic.auth.user.info");
    }

    @Test
    void aSerializerThatIsNotOnTheClassPathIsNamed() {
        var clients = clients("kafka.producer.value.serializer", "com.example.Missing");

        assertThatThrownBy(clients::serializer)
                .isInstanceOf(MissingHere.class)
                .hasMessageContaining("com.example.Missing");
    }

    @Test
    void aDeadLetterKeepsItsBytesAndSaysWhatWasWrong() throws Exception {
        create("input", "input.dead-letters");
        var metrics = new SimpleMeterRegistry();
        byte[] garbage = "no avro".getBytes(StandardCharsets.UTF_8);
        try (var producer = clients().bytesProducer("p", Map.of());
                var consumer = clients().bytesConsumer("c", Map.of())) {
            var record = new ProducerRecord<>("input", 0, 1234L, new byte[] {7}, garbage);
            record.headers().add("custom", new byte[] {1});
            producer.send(record).get();
            ConsumerRecord<byte[], byte[]> read = read(consumer, "input", 1).getFirst();

            new DeadLetters(producer, metrics)
                    .write(read, new IllegalStateException("cannot decode", new KafkaException("bad magic")));

            ConsumerRecord<byte[], byte[]> letter =
                    read(consumer, "input.dead-letters", 1).getFirst();
            assertThat(letter.key()).isEqualTo(new byte[] {7});
            assertThat(letter.value()).isEqualTo(garbage);
            assertThat(headers(letter))
                    .containsEntry("dead-letter.topic", "input")
                    .containsEntry("dead-letter.partition", "0")
                    .containsEntry("dead-letter.offset", "0")
                    .containsEntry("dead-letter.timestamp", "1234")
                    .containsEntry("dead-letter.exception", "java.lang.IllegalStateException")
                    .containsEntry("dead-letter.message", "cannot decode: bad magic")
                    .containsKey("custom");
        }
        assertThat(metrics.counter("mlops.dead.letters", "topic", "input").count())
                .isEqualTo(1);
    }

    @Test
    void aDeadLetterThatIsNotWrittenIsNotCounted() {
        var metrics = new SimpleMeterRegistry();
        try (var producer = clients().bytesProducer("p", Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, "500"))) {
            var letters = new DeadLetters(producer, metrics);
            var record = new ConsumerRecord<>("nowhere", 0, 0, new byte[0], new byte[0]);

            assertThatThrownBy(() -> letters.write(record, new IllegalStateException("bad")))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("nowhere.dead-letters");
        }
        assertThat(metrics.getMeters()).isEmpty();
    }

    private static Map<String, String> headers(ConsumerRecord<?, ?> record) {
        var headers = new HashMap<String, String>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }
}
