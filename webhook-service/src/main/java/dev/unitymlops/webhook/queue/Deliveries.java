package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.WebhookState;
import dev.unitymlops.events.WebhookSwitch;
import dev.unitymlops.runtime.ClusterUse;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.runtime.streams.GiveUp;
import dev.unitymlops.runtime.streams.PollBatch;
import dev.unitymlops.runtime.streams.StateTable;
import dev.unitymlops.runtime.streams.StreamsApplication;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * What decides about deliveries, as an application of Kafka Streams.
 *
 * @param outbox takes what is due
 * @param clock by which messages become due
 */
public record Deliveries(
        KafkaClients clients, TopicSettings topics, Outbox outbox, MeterRegistry metrics, Clock clock) {

    /** What it reads; each has dead letters. */
    static final List<TopicSpec> READ = List.of(
            Topics.JOB_PROGRESS,
            Topics.JOB_FAILED,
            Topics.MODEL_REGISTERED,
            Topics.SCHEDULE_TICKS,
            Topics.WEBHOOK_CONTROL,
            Topics.WEBHOOK_COMMANDS);

    /** What it does on a cluster. */
    public static final ClusterUse USE = new ClusterUse(
            Publish.SERVICE,
            READ,
            Stream.concat(
                            Stream.of(Topics.WEBHOOK_COMMANDS, Topics.WEBHOOK_DELIVERIES),
                            READ.stream().map(TopicSpec::deadLetters))
                    .toList(),
            List.of(),
            List.of(),
            List.of(
                    changelog(WebhookTopology.TOLD, WebhookState.getClassSchema()),
                    changelog(WebhookTopology.DISABLED, WebhookSwitch.getClassSchema())));

    private static final Map<String, String> DEFAULTS = Map.of(
            // events of a job come on several topics: so long one that has nothing is waited for, to keep their order
            StreamsConfig.MAX_TASK_IDLE_MS_CONFIG,
            "200",
            // how long deliveries wait when an instance is killed: its membership, and its open transaction, must time
            // out
            StreamsConfig.consumerPrefix("session.timeout.ms"),
            "10000",
            StreamsConfig.consumerPrefix("heartbeat.interval.ms"),
            "3000",
            StreamsConfig.producerPrefix("transaction.timeout.ms"),
            "10000");

    /**
     * The application, which does not run yet.
     *
     * @param stateFolder local folder for Streams' own files; losing it costs a restore, nothing else
     */
    public StreamsApplication application(Path stateFolder) {
        PollBatch batch = new PollBatch();
        Map<String, Object> fixed = new HashMap<>(batch.streamsConfig());
        fixed.putAll(GiveUp.config(READ, topics::name, metrics));
        return new StreamsApplication("deliveries", Publish.SERVICE, topology(batch), DEFAULTS, fixed, stateFolder);
    }

    private static TopicSpec changelog(String store, Schema value) {
        return StateTable.changelog(Publish.SERVICE, store, value, Topics.WEBHOOK_COMMANDS.partitions());
    }

    private Topology topology(PollBatch batch) {
        Publish publish = new Publish(topics.name(Topics.WEBHOOK_COMMANDS), RandomGenerator.getDefault());
        PendingDeliveries pending = new PendingDeliveries(metrics, clock);
        return new WebhookTopology(name -> topics.prefix() + name, clients)
                .build(
                        () -> new TellProcessor(clock, batch),
                        () -> new DeliverProcessor(outbox, publish, pending, clock, batch));
    }
}
