package dev.unitymlops.stage.coordinator;

import dev.unitymlops.runtime.Backoff;
import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.OnFatal;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.stage.SessionTimeout;
import dev.unitymlops.stage.StageLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stage's coordinator as a part of its service: Kafka Streams with exactly_once_v2 around {@link Decide}. */
public final class Coordinator implements Component {

    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final Backoff OUTAGE = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.25);

    /** After so long without a failure the next one is a first one. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);

    private final StageLine<?, ?> line;
    private final KafkaClients clients;
    private final TopicSettings topics;
    private final CoordinatorSettings settings;
    private final Path stateFolder;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final PollBatch batch = new PollBatch();
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable KafkaStreams streams;
    private int failures;
    private long failedAt;

    /**
     * A coordinator.
     *
     * @param stateFolder local folder for Streams' own files; losing it costs a restore, nothing else
     */
    public Coordinator(
            StageLine<?, ?> line,
            KafkaClients clients,
            TopicSettings topics,
            CoordinatorSettings settings,
            Path stateFolder) {
        this.line = line;
        this.clients = clients;
        this.topics = topics;
        this.settings = settings;
        this.stateFolder = stateFolder;
    }

    @Override
    public String name() {
        return line.word() + "-coordinator";
    }

    @Override
    public void start(OnFatal onFatal) {
        KafkaStreams started = new KafkaStreams(topology(), config());
        streams = started;
        started.setUncaughtExceptionHandler(this::replaceAfterAWhile);
        started.start();
    }

    /** Runs on the thread that failed, which keeps its partitions meanwhile: they would fail elsewhere just the same. */
    private StreamThreadExceptionResponse replaceAfterAWhile(Throwable failure) {
        long now = settings.nanoTime().getAsLong();
        failures = now - failedAt > FORGOTTEN.toNanos() ? 1 : failures + 1;
        failedAt = now;
        Duration wait = OUTAGE.after(failures, random);
        LOG.error(
                "A coordinator thread failed and is replaced stage={} failures={} waitMs={}",
                line.word(),
                failures,
                wait.toMillis(),
                failure);
        try {
            if (closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private Topology topology() {
        Decide decide = new Decide(line.stage(), RetryDelay.STANDARD);
        Publish publish = new Publish(line, RandomGenerator.getDefault());
        CoordinatorTopology.Wire wire = new CoordinatorTopology.Wire() {
            @Override
            public <V extends SpecificRecord> Serializer<V> serializer() {
                return clients.serializer();
            }

            @Override
            public <V extends SpecificRecord> Deserializer<V> deserializer() {
                return clients.deserializer();
            }
        };
        return new CoordinatorTopology(line, name -> topics.prefix() + name, wire)
                .build(() -> new CoordinatorProcessor(settings, decide, publish, new StrayReports(line.word()), batch));
    }

    private Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.producerPrefix("linger.ms"), "0");
        // 100 ms by default: what the next of two transactions in a row waits for the markers of the first.
        config.put(StreamsConfig.producerPrefix("retry.backoff.ms"), "2");
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "1");
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, Integer.toString(topics.replicationFactor()));
        topics.durability().forEach((key, value) -> config.put(StreamsConfig.topicPrefix(key), value));
        // How long decisions wait when an instance is killed: its membership, and its open transaction, must time out.
        SessionTimeout.under(settings.lease())
                .forEach((key, value) -> config.put(StreamsConfig.consumerPrefix(key), value));
        config.put(
                StreamsConfig.producerPrefix("transaction.timeout.ms"),
                Long.toString(Math.clamp(settings.lease().toMillis() / 2, 5_000, 10_000)));
        config.putAll(clients.streamsConfig());
        config.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                topics.prefix() + line.service(),
                StreamsConfig.CLIENT_ID_CONFIG,
                line.service(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.STATE_DIR_CONFIG,
                stateFolder.toString(),
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                "0",
                StreamsConfig.consumerPrefix("auto.offset.reset"),
                "earliest"));
        config.putAll(batch.streamsConfig());
        config.putAll(failureHandling(topics.name(line.commands().deadLetters())));
        return config;
    }

    /** What is given up, to this topic, and that nothing else is. */
    static Map<String, Object> failureHandling(String deadLetters) {
        return Map.of(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                UnreadableToDeadLetters.class,
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                UndecidableToDeadLetters.class,
                StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
                deadLetters);
    }

    @Override
    public void close() {
        if (streams != null) {
            closing.countDown();
            // Leaving the group hands the partitions over at once; by default the others wait for the session to end.
            streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(Duration.ofSeconds(10)));
        }
    }

    @Override
    public Health check() {
        if (streams == null) {
            return Health.down("not started");
        }
        return switch (streams.state()) {
            case RUNNING -> Health.up();
            case CREATED, REBALANCING -> Health.degraded("taking over its partitions");
            case PENDING_SHUTDOWN, NOT_RUNNING -> Health.down("stopped");
            case PENDING_ERROR, ERROR -> Health.down("failed");
        };
    }
}
