package dev.unitymlops.runtime;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Makes what writes and reads the values of records, configured. */
public interface ValueSerdes {
    <V extends SpecificRecord> Serializer<V> serializer();

    <V extends SpecificRecord> Deserializer<V> deserializer();
}
