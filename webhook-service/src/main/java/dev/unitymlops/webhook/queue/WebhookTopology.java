package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.WebhookCommand;
import dev.unitymlops.events.WebhookState;
import dev.unitymlops.events.WebhookSwitch;
import dev.unitymlops.runtime.ValueSerdes;
import dev.unitymlops.runtime.streams.StateTable;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

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
    private final ValueSerdes serdes;

    WebhookTopology(UnaryOperator<String> topicName, ValueSerdes serdes) {
        this.topicName = topicName;
        this.serdes = serdes;
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
        topology.addStateStore(StateTable.<WebhookState>named(TOLD, serdes), DELIVER);
        topology.addStateStore(StateTable.<WebhookSwitch>named(DISABLED, serdes), DELIVER);
        topology.addSink(
                DELIVERIES,
                topicName.apply(Topics.WEBHOOK_DELIVERIES.name()),
                new StringSerializer(),
                serdes.serializer(),
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
                name, new StringDeserializer(), serdes.<SpecificRecord>deserializer(), topicName.apply(topic.name()));
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
                serdes.<WebhookCommand>serializer(),
                all,
                from);
    }

    /** A replay sends a letter's bytes to the commands as they are, so they carry the schema of that topic. */
    private Serializer<WebhookCommand> asCommands() {
        Serializer<WebhookCommand> commands = serdes.serializer();
        String topic = topicName.apply(Topics.WEBHOOK_COMMANDS.name());
        return (ignored, command) -> commands.serialize(topic, command);
    }
}
