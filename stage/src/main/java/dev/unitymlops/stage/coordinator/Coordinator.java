package dev.unitymlops.stage.coordinator;

import dev.unitymlops.events.StageState;
import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.runtime.streams.GiveUp;
import dev.unitymlops.runtime.streams.PollBatch;
import dev.unitymlops.runtime.streams.RunTopology;
import dev.unitymlops.runtime.streams.StateTable;
import dev.unitymlops.runtime.streams.StreamsApplication;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.stage.SessionTimeout;
import dev.unitymlops.stage.StageLine;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** A stage's coordinator as a part of its service: Kafka Streams with exactly_once_v2 around {@link Decide}. */
public final class Coordinator {

    private Coordinator() {}

    /** Where a stage's coordinator keeps its jobs. */
    public static TopicSpec changelog(StageLine<?, ?> line) {
        return StateTable.changelog(
                line.service(),
                CoordinatorTopology.STORE,
                StageState.getClassSchema(),
                line.commands().partitions());
    }

    /**
     * The coordinator of a stage.
     *
     * @param stateFolder local folder for Streams' own files; losing it costs a restore, nothing else
     */
    public static Component of(
            StageLine<?, ?> line,
            KafkaClients clients,
            TopicSettings topics,
            CoordinatorSettings settings,
            Path stateFolder,
            MeterRegistry metrics) {
        PollBatch batch = new PollBatch();
        Map<String, Object> fixed = new HashMap<>(batch.streamsConfig());
        fixed.putAll(GiveUp.config(List.of(line.commands()), topics::name, metrics));
        StreamsApplication application = new StreamsApplication(
                line.word() + "-coordinator",
                line.service(),
                topology(line, clients, topics, settings, batch),
                timeouts(settings.lease()),
                fixed,
                stateFolder);
        return new RunTopology(application, clients, topics, settings.nanoTime());
    }

    private static Topology topology(
            StageLine<?, ?> line,
            KafkaClients clients,
            TopicSettings topics,
            CoordinatorSettings settings,
            PollBatch batch) {
        Decide decide = new Decide(line.stage(), RetryDelay.STANDARD);
        Publish publish = new Publish(line, RandomGenerator.getDefault(), settings.order());
        return new CoordinatorTopology(line, name -> topics.prefix() + name, clients)
                .build(() -> new CoordinatorProcessor(settings, decide, publish, new StrayReports(line.word()), batch));
    }

    /** How long decisions wait when an instance is killed: its membership, and its open transaction, must time out. */
    private static Map<String, String> timeouts(Duration lease) {
        Map<String, String> timeouts = new HashMap<>();
        SessionTimeout.under(lease).forEach((key, value) -> timeouts.put(StreamsConfig.consumerPrefix(key), value));
        timeouts.put(
                StreamsConfig.producerPrefix("transaction.timeout.ms"),
                Long.toString(Math.clamp(lease.toMillis() / 2, 5_000, 10_000)));
        return timeouts;
    }
}
