package dev.unitymlops.runtime.streams;

import dev.unitymlops.runtime.ValueSerdes;
import dev.unitymlops.schemas.TopicSpec;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** A store of records by text, held in memory and restored from its changelog. */
public final class StateTable {

    /** Small segments, cleaned soon: what a start reads back is what the store holds, not its history. */
    private static final Map<String, String> CHANGELOG = Map.of(
            "cleanup.policy", "compact",
            "segment.bytes", "16777216",
            "min.cleanable.dirty.ratio", "0.1");

    private StateTable() {}

    /**
     * Where a store is kept, under the name that Streams gives it. It is declared like any other topic, so that it can be
     * created, and its schema registered, before the first record, also where a service may do neither.
     *
     * @param service that the store belongs to
     * @param partitions those of what its processor reads
     */
    public static TopicSpec changelog(String service, String store, Schema value, int partitions) {
        return new TopicSpec(
                service + "-" + store + "-changelog",
                "the store's key",
                value,
                partitions,
                CHANGELOG,
                service,
                "Private: what the store " + store + " holds.");
    }

    /**
     * A store.
     *
     * @param name names its changelog too, so it is fixed for good
     */
    public static <V extends SpecificRecord> StoreBuilder<KeyValueStore<String, V>> named(
            String name, ValueSerdes serdes) {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name),
                        Serdes.String(),
                        Serdes.serdeFrom(serdes.<V>serializer(), serdes.<V>deserializer()))
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }
}
