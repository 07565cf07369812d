package dev.unitymlops.system.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A producer that says things twice, too late, in the wrong order, or so that nobody can read them. */
final class Bothersome implements AutoCloseable {
    private static final List<TopicSpec> EVENTS =
            List.of(Topics.JOB_REQUESTED, Topics.BUILD_COMPLETED, Topics.TRAINING_COMPLETED);

    private static final byte[] REPEAT = "repeat".getBytes(UTF_8);
    private static final byte[] POISON = "poison".getBytes(UTF_8);

    /** The first five bytes of what Confluent's serializer writes: zero, and the schema's id, which nobody has. */
    private static final byte[] UNKNOWN_SCHEMA =
            ByteBuffer.allocate(9).put((byte) 0).putInt(999_999).putInt(7).array();

    /** What is read by anybody's records; each keeps what it cannot read. */
    static final List<TopicSpec> POISONED = List.of(
            Topics.JOB_REQUESTED,
            Topics.BUILD_COMPLETED,
            Topics.TRAINING_COMPLETED,
            Topics.JOB_CONTROL,
            Topics.BUILD_COMMANDS,
            Topics.TRAIN_COMMANDS,
            Topics.REGISTRY_COMMANDS);

    private final PatientProducer<byte[], byte[]> producer;
    private final Evidence evidence;

    Bothersome(KafkaClients clients, Evidence evidence) {
        this.producer = new PatientProducer<>(clients.bytesProducer("bothersome", PatientProducer.SETTINGS));
        this.evidence = evidence;
    }

    /** Sends again, in another order, all triggers that were seen so far: also of jobs that have ended. */
    void repeat() {
        List<Evidence.Seen> triggers = new ArrayList<>(EVENTS.stream()
                .flatMap(evidence::on)
                .filter(it -> !it.bothers())
                .toList());
        Collections.shuffle(triggers, new Random(triggers.size()));
        for (Evidence.Seen trigger : triggers) {
            var record = new ProducerRecord<>(
                    trigger.raw().topic(),
                    null,
                    trigger.raw().key(),
                    trigger.raw().value(),
                    trigger.raw().headers());
            send(record, REPEAT);
        }
    }

    /** Writes garbage on every topic that a service reads. */
    void poison() {
        for (TopicSpec topic : POISONED) {
            send(topic, "poison".getBytes(UTF_8), "{\"job_id\": \"json-instead-of-avro\"}".getBytes(UTF_8));
            send(topic, null, UNKNOWN_SCHEMA);
            send(topic, "poison".getBytes(UTF_8), new byte[0]);
            send(topic, "poison".getBytes(UTF_8), null);
        }
    }

    private void send(TopicSpec topic, byte @Nullable [] key, byte @Nullable [] value) {
        send(new ProducerRecord<>(topic.name(), key, value), POISON);
    }

    static boolean isPoison(Evidence.Seen seen) {
        Header header = seen.raw().headers().lastHeader(Evidence.BOTHER);
        return header != null && Arrays.equals(header.value(), POISON);
    }

    private void send(ProducerRecord<byte[], byte[]> record, byte[] kind) {
        record.headers().add(Evidence.BOTHER, kind);
        producer.send(record);
    }

    /** Waits until the broker has all of it. */
    void awaitTaken() {
        producer.awaitTaken();
    }

    @Override
    public void close() {
        producer.close();
    }
}
