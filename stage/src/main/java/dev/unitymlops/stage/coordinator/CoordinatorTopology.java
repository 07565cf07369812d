package dev.unitymlops.stage.coordinator;

import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.StageState;
import dev.unitymlops.events.TickCommand;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.StageLine;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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

/** The coordinator's topology: commands in; work, events and answers out; fixed names, because they name its changelog. */
final class CoordinatorTopology {

    static final String STORE = "jobs";
    private static final String COMMANDS = "commands";
    private static final String COORDINATOR = "coordinator";

    private final StageLine<?, ?> line;
    private final UnaryOperator<String> topicName;
    private final Wire wire;

    /** Makes the serdes of values. */
    interface Wire {
        <V extends SpecificRecord> Serializer<V> serializer();

        <V extends SpecificRecord> Deserializer<V> deserializer();
    }

    CoordinatorTopology(StageLine<?, ?> line, UnaryOperator<String> topicName, Wire wire) {
        this.line = line;
        this.topicName = topicName;
        this.wire = wire;
    }

    Topology build(Supplier<CoordinatorProcessor> processors) {
        Topology topology = new Topology();
        topology.addSource(
                COMMANDS,
                new StringDeserializer(),
                wire.<StageCommand>deserializer(),
                topicName.apply(line.commands().name()));
        ProcessorSupplier<String, StageCommand, String, Object> supplier = processors::get;
        topology.addProcessor(COORDINATOR, supplier, COMMANDS);
        topology.addStateStore(store(), COORDINATOR);
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
                wire.<StageCommand>serializer(),
                own,
                COORDINATOR);
        return topology;
    }

    private StoreBuilder<?> store() {
        Serde<StageState> states = Serdes.serdeFrom(wire.serializer(), wire.deserializer());
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), states)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of(
                        "cleanup.policy", "compact",
                        "segment.bytes", "16777216",
                        "min.cleanable.dirty.ratio", "0.1"));
    }

    private void sink(Topology topology, String name, String topic) {
        topology.addSink(name, topicName.apply(topic), new StringSerializer(), wire.serializer(), COORDINATOR);
    }
}
