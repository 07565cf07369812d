package dev.unitymlops.scheduler.topology;

import dev.unitymlops.runtime.ClusterUse;
import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.RequireCluster;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.runtime.streams.GiveUp;
import dev.unitymlops.runtime.streams.PollBatch;
import dev.unitymlops.runtime.streams.RunTopology;
import dev.unitymlops.runtime.streams.StreamsApplication;
import dev.unitymlops.scheduler.SchedulerConfig;
import dev.unitymlops.scheduler.decision.Schedules;
import dev.unitymlops.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** What the service is made of. */
public final class SchedulerParts {

    public static final String SERVICE = Publish.SERVICE;

    /** What it does on a cluster. */
    public static final ClusterUse USE = SchedulerTopology.use(SERVICE);

    /** A broker's own limit, and how long an unfinished transaction of a killed instance hides its partitions. */
    private static final Duration SHORTEST_TRANSACTION = Duration.ofSeconds(5);

    /** Shorter than any session that a broker allows, so that one that {@code kafka.*} gives may differ. */
    private static final long MOST_BETWEEN_HEARTBEATS_MS = 900;

    /** How long a beginning waits for what was told meanwhile. */
    private static final Duration LONGEST_CATCH_UP = Duration.ofSeconds(10);

    private SchedulerParts() {}

    /** The components in the order in which they start. */
    public static List<Component> of(SchedulerConfig config, MeterRegistry metrics, Clock clock) {
        return of(config, metrics, clock, LONGEST_CATCH_UP);
    }

    /**
     * The components in the order in which they start.
     *
     * @param longestCatchUp how long a beginning waits for what was told meanwhile before it decides by what it knows
     */
    public static List<Component> of(
            SchedulerConfig config, MeterRegistry metrics, Clock clock, Duration longestCatchUp) {
        KafkaClients clients = new KafkaClients(config.kafka());
        TopicSettings topics = config.topics();
        Beginnings beginnings = new Beginnings(
                clients,
                topics,
                List.of(SchedulerTopology.NOTICED, SchedulerTopology.DECIDED_ON),
                longestCatchUp,
                System::nanoTime);
        PollBatch batch = new PollBatch();
        Map<String, Object> fixed = new HashMap<>(batch.streamsConfig());
        fixed.putAll(GiveUp.config(SchedulerTopology.WITH_DEAD_LETTERS, topics::name, metrics));
        Topology topology = topology(config, clients, new CountTicks(metrics), clock, beginnings, batch);
        StreamsApplication application = new StreamsApplication(
                "scheduler",
                SERVICE,
                topology,
                timeouts(config.sessionTimeout()),
                fixed,
                config.workFolder().resolve("streams"));
        return List.of(
                new RequireCluster(clients, topics, USE),
                beginnings,
                new RunTopology(application, clients, topics, System::nanoTime));
    }

    static Topology topology(
            SchedulerConfig config,
            KafkaClients clients,
            CountTicks metrics,
            Clock clock,
            Supplier<BooleanSupplier> beginnings,
            PollBatch batch) {
        String definitions = config.topics().name(Topics.TRAINING_SCHEDULES);
        Publish publish = new Publish(RandomGenerator.getDefault());
        return new SchedulerTopology(config.topics()::name, clients)
                .build(
                        () -> new NoticeJobs(batch),
                        () -> new DecideSchedules(
                                definitions,
                                () -> new Schedules(config.limits()),
                                beginnings,
                                clock,
                                metrics,
                                publish,
                                batch));
    }

    /** How long decisions wait when an instance is killed: its membership, and its open transaction, must time out. */
    private static Map<String, String> timeouts(Duration session) {
        Duration transaction = session.compareTo(SHORTEST_TRANSACTION) < 0 ? SHORTEST_TRANSACTION : session;
        return Map.of(
                StreamsConfig.consumerPrefix("session.timeout.ms"), Long.toString(session.toMillis()),
                StreamsConfig.consumerPrefix("heartbeat.interval.ms"),
                        Long.toString(Math.min(session.toMillis() / 3, MOST_BETWEEN_HEARTBEATS_MS)),
                StreamsConfig.producerPrefix("transaction.timeout.ms"), Long.toString(transaction.toMillis()));
    }
}
