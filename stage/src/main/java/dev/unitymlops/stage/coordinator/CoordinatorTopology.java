package dev.unitymlops.stage.coordinator;

import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.StageState;
import dev.unitymlops.events.TickCommand;
import dev.unitymlops.runtime.ValueSerdes;
import dev.unitymlops.runtime.streams.StateTable;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.StageLine;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** The coordinator's topology: commands in; work, events and answers out; fixed names, because they name its changelog. */
final class CoordinatorTopology {

    static final String STORE = "jobs";
    private static final String COMMANDS = "commands";
    private static final String COORDINATOR = "coordinator";

    private final StageLine<?, ?> line;
    private final UnaryOperator<String> topicName;
    private final ValueSerdes serdes;

    CoordinatorTopology(StageLine<?, ?> line, UnaryOperator<String> topicName, ValueSerdes serdes) {
        this.line = line;
        this.topicName = topicName;
        this.serdes = serdes;
    }

    Topology build(Supplier<CoordinatorProcessor> processors) {
        Topology topology = new Topology();
        topology.addSource(
                COMMANDS,
                new StringDeserializer(),
                serdes.<StageCommand>deserializer(),
                topicName.apply(line.commands().name()));
        ProcessorSupplier<String, StageCommand, String, Object> supplier = processors::get;
        topology.addProcessor(COORDINATOR, supplier, COMMANDS);
        topology.addStateStore(StateTable.<StageState>named(STORE, serdes), COORDINATOR);
        sink(topology, Publish.WORK, line.work().name());
        topology.addSink(
                Publish.EVENT,
                topicName.apply(line.output().name()),
                new StringSerializer(),
                new ByteArraySerializer(),
                COORDINATOR);
        sink(topology, Publish.FAILED, Topics.JOB_FAILED.name());
        sink(topology, Publish.REJECTED, Topics.JOB_REJECTED.name());
        sink(topology, Publish.PROGRESS, Topics.JOB_PROGRESS.name());
        StreamPartitioner<String, StageCommand> own =
                (topic, key, value, partitions) -> Optional.of(Set.of(((TickCommand) value.getBody()).getPartition()));
        topology.addSink(
                Publish.TICK,
                topicName.apply(line.commands().name()),
                new StringSerializer(),
                serdes.<StageCommand>serializer(),
                own,
                COORDINATOR);
        return topology;
    }

    private void sink(Topology topology, String name, String topic) {
        topology.addSink(name, topicName.apply(topic), new StringSerializer(), serdes.serializer(), COORDINATOR);
    }
}
