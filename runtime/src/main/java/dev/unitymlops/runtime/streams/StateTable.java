package dev.unitymlops.runtime.streams;

import dev.unitymlops.runtime.ValueSerdes;
import java.util.Map;
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
