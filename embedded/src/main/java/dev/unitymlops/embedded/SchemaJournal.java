package dev.unitymlops.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The compacted topic that remembers what is registered. It has one writer: transactions of one fixed id, so that Kafka
 * refuses an older registry on the same topic, and a write whose outcome is unknown is known when the next one begins.
 * Not thread-safe.
 */
final class SchemaJournal implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    /** A broker that has just been started on a busy machine answers its first call late. */
    private static final Duration OPEN_WITHIN = Duration.ofMinutes(1);

    private final String bootstrapServers;
    private final String topic;
    private long position;
    private @Nullable KafkaProducer<byte[], byte[]> writer;

    private SchemaJournal(String bootstrapServers, String topic) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
    }

    /** Opens the topic, creating it when it is absent, and tells {@code reader} all that it holds. */
    static SchemaJournal open(String bootstrapServers, String topic, Consumer<RegistryEvent> reader) {
        SchemaJournal journal = new SchemaJournal(bootstrapServers, topic);
        if (!journal.createTopic()) {
            journal.catchUp(reader);
        }
        return journal;
    }

    /** Becomes the topic's writer, if it is not so yet, and tells {@code reader} what was written since. */
    void lead(Consumer<RegistryEvent> reader) {
        if (writer != null) {
            return;
        }
        KafkaProducer<byte[], byte[]> candidate = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "client.id",
                        "schema-registry",
                        "transactional.id",
                        "schema-registry-" + topic,
                        "transaction.timeout.ms",
                        (int) ANSWER_WITHIN.toMillis(),
                        "delivery.timeout.ms",
                        (int) ANSWER_WITHIN.toMillis(),
                        "request.timeout.ms",
                        (int) ANSWER_WITHIN.toMillis() / 2,
                        "max.block.ms",
                        (int) ANSWER_WITHIN.toMillis(),
                        "retry.backoff.ms",
                        2,
                        "linger.ms",
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try {
            candidate.initTransactions();
            catchUp(reader);
            writer = candidate;
        } catch (RuntimeException e) {
            candidate.close(Duration.ZERO);
            throw RegistryException.notStored(e);
        }
    }

    /** Writes all or nothing; {@link #lead} first. */
    void append(List<? extends RegistryEvent> events) {
        KafkaProducer<byte[], byte[]> producer = writer;
        if (producer == null) {
            throw new IllegalStateException("lead() comes first");
        }
        try {
            producer.beginTransaction();
            for (RegistryEvent event : events) {
                // what fails here fails the commit
                Future<?> unused = producer.send(
                        new ProducerRecord<>(topic, JournalFormat.key(event), JournalFormat.value(event)));
            }
            producer.commitTransaction();
        } catch (KafkaException e) {
            writer = null;
            producer.close(Duration.ZERO);
            throw refusal(e);
        }
    }

    private static RegistryException refusal(KafkaException e) {
        boolean fenced = e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException;
        return fenced ? RegistryException.superseded(e) : RegistryException.notStored(e);
    }

    private void catchUp(Consumer<RegistryEvent> reader) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        // closing waits for the fetch that is on its way
                        "fetch.max.wait.ms",
                        10),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, position);
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(POLL).forEach(record -> reader.accept(read(record)));
            }
            position = end;
        }
    }

    private static RegistryEvent read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JournalFormat.read(record.key(), record.value());
        } catch (IOException | IllegalArgumentException e) {
            throw new EmbeddedStartException(
                    "The registry cannot read its topic " + record.topic() + " at offset " + record.offset() + ": "
                            + e.getMessage() + ". Give it a topic of its own.",
                    e);
        }
    }

    /** Says whether the topic is new, and so empty. */
    private boolean createTopic() {
        int millis = (int) OPEN_WITHIN.toMillis();
        try (Admin admin = Admin.create(Map.<String, Object>of(
                "bootstrap.servers", bootstrapServers,
                "default.api.timeout.ms", millis,
                "request.timeout.ms", millis / 2))) {
            NewTopic wanted = new NewTopic(topic, Optional.of(1), Optional.empty())
                    .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
            try {
                admin.createTopics(List.of(wanted)).all().get();
                return true;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
                requireCompacted(admin);
                return false;
            }
        } catch (ExecutionException e) {
            throw new EmbeddedStartException(
                    "The registry's topic " + topic + " cannot be opened on " + bootstrapServers + ": " + e.getCause(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedStartException("Interrupted while the registry's topic was opened", e);
        }
    }

    private void requireCompacted(Admin admin) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        for (Config config :
                admin.describeConfigs(List.of(resource)).all().get().values()) {
            String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
            if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                throw new EmbeddedStartException(
                        "The registry's topic " + topic + " has cleanup.policy=" + policy
                                + ", which would lose schemas. Set it to compact, or name another topic.",
                        null);
            }
        }
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close(ANSWER_WITHIN);
        }
    }
}
