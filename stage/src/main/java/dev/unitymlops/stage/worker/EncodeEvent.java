package dev.unitymlops.stage.worker;

import dev.unitymlops.runtime.Backoff;
import dev.unitymlops.runtime.EventDecoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the bytes of a stage's event as they will stand on its topic. While the schema registry is away it waits: the
 * result of a day's training does not fail for that. Thread-safe.
 *
 * @param topic name of the stage's output topic on this cluster
 */
record EncodeEvent<O extends SpecificRecord>(Serializer<O> serializer, String topic, Backoff outage) {

    private static final Logger LOG = LoggerFactory.getLogger(EncodeEvent.class);

    EncodeEvent(Serializer<O> serializer, String topic) {
        this(serializer, topic, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.25));
    }

    ByteBuffer encode(O event) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                return ByteBuffer.wrap(serializer.serialize(topic, event));
            } catch (SerializationException e) {
                if (!EventDecoder.isRegistryDown(e)) {
                    throw e;
                }
                LOG.warn("An event waits for the schema registry topic={} failures={}", topic, failures, e);
                Thread.sleep(outage.after(failures, RandomGenerator.getDefault()));
            }
        }
    }
}
