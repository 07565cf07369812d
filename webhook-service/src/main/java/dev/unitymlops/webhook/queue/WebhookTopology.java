package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.WebhookCommand;
import dev.unitymlops.events.WebhookState;
import dev.unitymlops.events.WebhookSwitch;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The topology: events become messages, messages become deliveries; fixed names, because they name the changelogs. */
final class WebhookTopology {

    static final String TOLD = "told";
    static final String DISABLED = "disabled";
    static final String DELIVERIES = "deliveries";
    static final String DEAD_LETTERS = "dead-letters";
    static final String SWITCHES = "switches";
    private static final String TELL = "tell";
    private static final String MESSAGES = "messages";
    private static final String COMMANDS = "commands";
    private static final String DELIVER = "deliver";

    private final UnaryOperator<String> topicName;
    private final Wire wire;

    /** Makes the serdes of values. */
    interface Wire {
        <V extends SpecificRecord> Serializer<V> serializer();

        <V extends SpecificRecord> Deserializer<V> deserializer();
    }

    WebhookTopology(UnaryOperator<String> topicName, Wire wire) {
        this.topicName = topicName;
        this.wire = wire;
    }

    Topology build(Supplier<TellProcessor> tell, Supplier<DeliverProcessor> deliver) {
        Topology topology = new Topology();
        source(topology, "progress", Topics.JOB_PROGRESS);
        source(topology, "failed", Topics.JOB_FAILED);
        source(topology, "registered", Topics.MODEL_REGISTERED);
        source(topology, "ticks", Topics.SCHEDULE_TICKS);
        source(topology, "control", Topics.WEBHOOK_CONTROL);
        ProcessorSupplier<String, SpecificRecord, String, WebhookCommand> telling = tell::get;
        topology.addProcessor(TELL, telling, "progress", "failed", "registered", "ticks", "control");
        commands(topology, MESSAGES, TELL);

        source(topology, COMMANDS, Topics.WEBHOOK_COMMANDS);
        ProcessorSupplier<String, WebhookCommand, String, Object> delivering = deliver::get;
        topology.addProcessor(DELIVER, delivering, COMMANDS);
        topology.addStateStore(this.<WebhookState>store(TOLD), DELIVER);
        topology.addStateStore(this.<WebhookSwitch>store(DISABLED), DELIVER);
        topology.addSink(
                DELIVERIES,
                topicName.apply(Topics.WEBHOOK_DELIVERIES.name()),
                new StringSerializer(),
                wire.serializer(),
                DELIVER);
        topology.addSink(
                DEAD_LETTERS,
                topicName.apply(Topics.WEBHOOK_COMMANDS.deadLetters().name()),
                new StringSerializer(),
                asCommands(),
                DELIVER);
        commands(topology, SWITCHES, DELIVER);
        return topology;
    }

    private void source(Topology topology, String name, TopicSpec topic) {
        topology.addSource(
                name, new StringDeserializer(), wire.<SpecificRecord>deserializer(), topicName.apply(topic.name()));
    }

    /** What switches an endpoint goes to every partition, since each has messages for it. */
    private void commands(Topology topology, String name, String from) {
        StreamPartitioner<String, WebhookCommand> all =
                (topic, key, command, partitions) -> command.getBody() instanceof WebhookSwitch
                        ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                        : Optional.<Set<Integer>>empty();
        topology.addSink(
                name,
                topicName.apply(Topics.WEBHOOK_COMMANDS.name()),
                new StringSerializer(),
                wire.<WebhookCommand>serializer(),
                all,
                from);
    }

    /** A replay sends a letter's bytes to the commands as they are, so they carry the schema of that topic. */
    private Serializer<WebhookCommand> asCommands() {
        Serializer<WebhookCommand> commands = wire.serializer();
        String topic = topicName.apply(Topics.WEBHOOK_COMMANDS.name());
        return (ignored, command) -> commands.serialize(topic, command);
    }

    private <V extends SpecificRecord> StoreBuilder<?> store(String name) {
        Serde<V> values = Serdes.serdeFrom(wire.serializer(), wire.deserializer());
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), values)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of(
                        "cleanup.policy", "compact",
                        "segment.bytes", "16777216",
                        "min.cleanable.dirty.ratio", "0.1"));
    }
}
