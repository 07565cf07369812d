package dev.unitymlops.runtime.streams;

import dev.unitymlops.runtime.Backoff;
import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.OnFatal;
import dev.unitymlops.runtime.TopicSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a topology with exactly_once_v2 on one thread, which is replaced when it fails, after a while. */
public final class RunTopology implements Component {

    private static final Logger LOG = LoggerFactory.getLogger(RunTopology.class);
    private static final Backoff OUTAGE = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.25);

    /** After so long without a failure the next one is a first one. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);

    /**
     * Milliseconds. Processors ask for a commit where somebody waits for one. Every punctuation makes Streams commit at this
     * interval as well, with nothing in it: 100 ms, the default, is ten empty transactions a second.
     */
    private static final int COMMIT_INTERVAL = 1000;

    private static final Duration CLOSE_AT_MOST = Duration.ofSeconds(10);

    private final StreamsApplication application;
    private final KafkaClients clients;
    private final TopicSettings topics;
    private final LongSupplier nanoTime;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable KafkaStreams streams;
    private int failures;
    private long failedAt;
    private volatile String refused = "";

    /**
     * A topology that does not run yet.
     *
     * @param nanoTime a clock that never steps, as {@link System#nanoTime()}
     */
    public RunTopology(
            StreamsApplication application, KafkaClients clients, TopicSettings topics, LongSupplier nanoTime) {
        this.application = application;
        this.clients = clients;
        this.topics = topics;
        this.nanoTime = nanoTime;
    }

    @Override
    public String name() {
        return application.name();
    }

    @Override
    public void start(OnFatal onFatal) {
        KafkaStreams started = new KafkaStreams(application.topology(), config());
        streams = started;
        started.setUncaughtExceptionHandler(this::replaceAfterAWhile);
        started.start();
    }

    /** Runs on the thread that failed, which keeps its partitions meanwhile: they would fail elsewhere just the same. */
    private StreamThreadExceptionResponse replaceAfterAWhile(Throwable failure) {
        Optional<NewerVersion> newer = NewerVersion.behind(failure);
        if (newer.isPresent()) {
            refused = String.valueOf(newer.get().getMessage());
            LOG.error(
                    "A topology ends here, others may go on with it topology={} reason={}",
                    application.name(),
                    refused);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        long now = nanoTime.getAsLong();
        failures = now - failedAt > FORGOTTEN.toNanos() ? 1 : failures + 1;
        failedAt = now;
        Duration wait = OUTAGE.after(failures, random);
        LOG.error(
                "A thread of a topology failed and is replaced topology={} failures={} waitMs={}",
                application.name(),
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

    private Properties config() {
        Map<String, Object> chosen = clients.streamsConfig();
        Map<String, Object> config = new HashMap<>();
        config.put(StreamsConfig.producerPrefix("linger.ms"), "0");
        // 100 ms by default: what the next of two transactions in a row waits for the markers of the first.
        config.put(StreamsConfig.producerPrefix("retry.backoff.ms"), "2");
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL);
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "1");
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, Integer.toString(topics.replicationFactor()));
        topics.durability().forEach((key, value) -> config.put(StreamsConfig.topicPrefix(key), value));
        config.putAll(application.defaults());
        giveWay(config, chosen);
        config.putAll(chosen);
        config.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                topics.prefix() + application.service(),
                StreamsConfig.CLIENT_ID_CONFIG,
                application.service(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.STATE_DIR_CONFIG,
                application.stateFolder().toString(),
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                "0",
                StreamsConfig.consumerPrefix("auto.offset.reset"),
                "earliest"));
        config.putAll(application.fixed());
        Properties properties = new Properties();
        properties.putAll(config);
        return properties;
    }

    /** A setting for every client, as {@code linger.ms}, is weaker to Streams than ours for producers only. */
    static void giveWay(Map<String, Object> defaults, Map<String, Object> chosen) {
        defaults.keySet().removeIf(key -> chosen.containsKey(key.replaceFirst("^(producer|consumer)\\.", "")));
    }

    @Override
    public void close() {
        if (streams != null) {
            closing.countDown();
            // Leaving the group hands the partitions over at once; by default the others wait for the session to end.
            streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(CLOSE_AT_MOST));
        }
    }

    @Override
    public Health check() {
        if (streams == null) {
            return Health.down("not started");
        }
        if (!refused.isEmpty()) {
            return Health.down(refused);
        }
        return switch (streams.state()) {
            case RUNNING -> Health.up();
            case CREATED, REBALANCING -> Health.degraded("taking over its partitions");
            case PENDING_SHUTDOWN, NOT_RUNNING -> Health.down("stopped");
            case PENDING_ERROR, ERROR -> Health.down("failed");
        };
    }
}
