package dev.unitymlops.runtime;

import java.io.EOFException;
import java.io.IOException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes the values of one type and tells a bad record from a registry that is down. Used by one thread. */
public final class EventDecoder<V extends SpecificRecord> {
    /** What became of the bytes. */
    public sealed interface Decoded<V> {
        record Event<V>(V value) implements Decoded<V> {}

        /** Never readable: for the dead letters. */
        record Unreadable<V>(Exception reason) implements Decoded<V> {}

        /** The registry could not be asked: wait and try again. */
        record RegistryDown<V>(Exception reason) implements Decoded<V> {}
    }

    private final Deserializer<? extends SpecificRecord> deserializer;
    private final Class<V> type;

    public EventDecoder(Deserializer<? extends SpecificRecord> deserializer, Class<V> type) {
        this.deserializer = deserializer;
        this.type = type;
    }

    public Decoded<V> decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            Object value = deserializer.deserialize(record.topic(), record.headers(), record.value());
            if (type.isInstance(value)) {
                return new Decoded.Event<>(type.cast(value));
            }
            String found = value == null ? "no value" : value.getClass().getName();
            return new Decoded.Unreadable<>(new IllegalArgumentException(found + " where " + type.getName() + " goes"));
        } catch (RuntimeException e) {
            return isRegistryDown(e) ? new Decoded.RegistryDown<>(e) : new Decoded.Unreadable<>(e);
        }
    }

    /**
     * Whether a serializer or deserializer failed because the registry could not be asked, so that a later try may help.
     *
     * <p>An I/O error is the network's, unless Avro met the end of the bytes. What the registry answers with 401, 403, 408,
     * 429 or 5xx is among Kafka's retriable and security errors; a schema id that it does not know is not.
     */
    public static boolean isRegistryDown(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            boolean network = cause instanceof IOException
                    && !(cause instanceof EOFException)
                    && !cause.getClass().getName().startsWith("org.apache.avro.");
            if (network
                    || cause instanceof RetriableException
                    || cause instanceof AuthenticationException
                    || cause instanceof AuthorizationException) {
                return true;
            }
        }
        return false;
    }
}
