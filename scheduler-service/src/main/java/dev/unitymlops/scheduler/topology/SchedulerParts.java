package dev.unitymlops.scheduler.topology;

import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.RequireCluster;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.runtime.streams.GiveUp;
import dev.unitymlops.runtime.streams.RunTopology;
import dev.unitymlops.runtime.streams.StreamsApplication;
import dev.unitymlops.scheduler.SchedulerConfig;
import dev.unitymlops.scheduler.decision.Schedules;
import dev.unitymlops.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** What the service is made of. */
public final class SchedulerParts {

    public static final String SERVICE = Publish.SERVICE;

    /** A broker's own limit, and how long an unfinished transaction of a killed instance hides its partitions. */
    private static final Duration SHORTEST_TRANSACTION = Duration.ofSeconds(5);

    private SchedulerParts() {}

    /** The components in the order in which they start. */
    public static List<Component> of(SchedulerConfig config, MeterRegistry metrics, Clock clock) {
        KafkaClients clients = new KafkaClients(config.kafka());
        TopicSettings topics = config.topics();
        return List.of(
                new RequireCluster(clients, topics, Topics.allWithDeadLetters()),
                new RequireOnePartition(clients, topics, SchedulerTopology.DECIDED_ON),
                new RunTopology(application(config, clients, metrics, clock), clients, topics, System::nanoTime));
    }

    private static StreamsApplication application(
            SchedulerConfig config, KafkaClients clients, MeterRegistry metrics, Clock clock) {
        return new StreamsApplication(
                "scheduler",
                SERVICE,
                topology(config, clients, new CountTicks(metrics), clock),
                timeouts(config.sessionTimeout()),
                GiveUp.config(
                        List.of(Topics.TRAINING_SCHEDULES, Topics.SCHEDULE_CONTROL), config.topics()::name, metrics),
                config.workFolder().resolve("streams"));
    }

    static Topology topology(SchedulerConfig config, KafkaClients clients, CountTicks metrics, Clock clock) {
        String definitions = config.topics().name(Topics.TRAINING_SCHEDULES);
        return new SchedulerTopology(config.topics()::name, clients)
                .build(() -> new DecideSchedules(
                        definitions,
                        () -> new Schedules(config.limits()),
                        clock,
                        metrics,
                        new Publish(RandomGenerator.getDefault())));
    }

    /** How long decisions wait when an instance is killed: its membership, and its open transaction, must time out. */
    private static Map<String, String> timeouts(Duration session) {
        Duration transaction = session.compareTo(SHORTEST_TRANSACTION) < 0 ? SHORTEST_TRANSACTION : session;
        return Map.of(
                StreamsConfig.consumerPrefix("session.timeout.ms"), Long.toString(session.toMillis()),
                StreamsConfig.consumerPrefix("heartbeat.interval.ms"), Long.toString(session.toMillis() / 3),
                StreamsConfig.producerPrefix("transaction.timeout.ms"), Long.toString(transaction.toMillis()));
    }
}
