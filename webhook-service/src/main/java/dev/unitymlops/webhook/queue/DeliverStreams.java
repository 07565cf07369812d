package dev.unitymlops.webhook.queue;

import dev.unitymlops.runtime.Backoff;
import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.OnFatal;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
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

/** Decides what is delivered when: Kafka Streams with exactly_once_v2 around {@link Decide}. */
public final class DeliverStreams implements Component {

    private static final Logger LOG = LoggerFactory.getLogger(DeliverStreams.class);
    private static final Backoff OUTAGE = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.25);

    /** After so long without a failure the next one is a first one. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);

    private final KafkaClients clients;
    private final TopicSettings topics;
    private final Outbox outbox;
    private final PendingDeliveries pending;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Path stateFolder;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable KafkaStreams streams;
    private int failures;
    private long failedAt;

    /**
     * @param clock by which messages become due
     * @param stateFolder local folder for Streams' own files; losing it costs a restore, nothing else
     */
    public DeliverStreams(
            KafkaClients clients,
            TopicSettings topics,
            Outbox outbox,
            PendingDeliveries pending,
            Clock clock,
            LongSupplier nanoTime,
            Path stateFolder) {
        this.clients = clients;
        this.topics = topics;
        this.outbox = outbox;
        this.pending = pending;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.stateFolder = stateFolder;
    }

    @Override
    public String name() {
        return "deliveries";
    }

    @Override
    public void start(OnFatal onFatal) {
        KafkaStreams started = new KafkaStreams(topology(), config());
        streams = started;
        started.setUncaughtExceptionHandler(this::replaceAfterAWhile);
        started.start();
    }

    /** Runs on the thread that failed, which keeps its partitions meanwhile: they would fail elsewhere just the same. */
    private synchronized StreamThreadExceptionResponse replaceAfterAWhile(Throwable failure) {
        long now = nanoTime.getAsLong();
        failures = now - failedAt > FORGOTTEN.toNanos() ? 1 : failures + 1;
        failedAt = now;
        Duration wait = OUTAGE.after(failures, random);
        LOG.error(
                "A thread of the deliveries failed and is replaced failures={} waitMs={}",
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
        WebhookTopology.Wire wire = new WebhookTopology.Wire() {
            @Override
            public <V extends SpecificRecord> Serializer<V> serializer() {
                return clients.serializer();
            }

            @Override
            public <V extends SpecificRecord> Deserializer<V> deserializer() {
                return clients.deserializer();
            }
        };
        Publish publish = new Publish(topics.name(Topics.WEBHOOK_COMMANDS), random);
        return new WebhookTopology(name -> topics.prefix() + name, wire)
                .build(() -> new TellProcessor(clock), () -> new DeliverProcessor(outbox, publish, pending, clock));
    }

    private Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.producerPrefix("linger.ms"), "0");
        // 100 ms by default: what the next of two transactions in a row waits for the markers of the first.
        config.put(StreamsConfig.producerPrefix("retry.backoff.ms"), "2");
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "1");
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, Integer.toString(topics.replicationFactor()));
        topics.durability().forEach((key, value) -> config.put(StreamsConfig.topicPrefix(key), value));
        // Events of a job come on several topics: so long one that has nothing is waited for, that they stay in order.
        config.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, "200");
        // How long deliveries wait when an instance is killed: its membership, and its open transaction, must time out.
        config.put(StreamsConfig.consumerPrefix("session.timeout.ms"), "10000");
        config.put(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), "3000");
        config.put(StreamsConfig.producerPrefix("transaction.timeout.ms"), "10000");
        config.putAll(clients.streamsConfig());
        config.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                topics.prefix() + Publish.SERVICE,
                StreamsConfig.CLIENT_ID_CONFIG,
                Publish.SERVICE,
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.STATE_DIR_CONFIG,
                stateFolder.toString(),
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                "0",
                StreamsConfig.consumerPrefix("auto.offset.reset"),
                "earliest"));
        config.putAll(failureHandling());
        return config;
    }

    /** What is given up, and that nothing else is. */
    static Map<String, Object> failureHandling() {
        return Map.of(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                UnreadableToDeadLetters.class,
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                UnusableToDeadLetters.class);
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
