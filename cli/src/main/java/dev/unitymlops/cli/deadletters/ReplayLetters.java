package dev.unitymlops.cli.deadletters;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.events.Ask;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.events.RecordCoordinates;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters to where they came from, bytes and headers as they were, to the same partition. One transaction
 * holds the record and the mark that says so: both are there or neither, also when this process is killed.
 *
 * <p>There is one replayer on a cluster: a new one fences the one before, whose transactions have ended by then. Read
 * which letters are marked only after this was made. One thread.
 */
final class ReplayLetters implements AutoCloseable {
    private final Cluster cluster;
    private final Producer<byte[], byte[]> producer;

    ReplayLetters(Cluster cluster) {
        this.cluster = cluster;
        var one = Map.of(
                "transactional.id",
                cluster.topics().prefix() + "mlops-dead-letters-replay",
                "transaction.timeout.ms",
                "10000");
        this.producer = Ask.kafka(cluster, () -> cluster.clients().bytesProducer("mlops", one));
        try {
            Ask.kafka(cluster, () -> {
                producer.initTransactions();
                return producer;
            });
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    /**
     * Sends one again and waits until it is committed; returns where it is now.
     *
     * @throws Refused when another replayer has begun, or the topic is gone
     */
    RecordCoordinates replay(DeadLetter letter, ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        var again = new ProducerRecord<>(
                cluster.topics().prefix() + letter.topic(),
                partition(letter),
                record.key(),
                record.value(),
                LetterHeaders.original(record.headers()));
        try {
            producer.beginTransaction();
            RecordMetadata at = Ask.acknowledged(cluster, producer.send(again));
            Ask.acknowledged(cluster, producer.send(mark(record, at)));
            Ask.kafka(cluster, () -> {
                producer.commitTransaction();
                return at;
            });
            return new RecordCoordinates(at.topic(), at.partition(), at.offset());
        } catch (KafkaException e) {
            if (fenced(e) || fenced(e.getCause())) {
                throw new Refused("Another `mlops dead-letters replay` has begun on this cluster; this one stops."
                        + " Look with `mlops dead-letters list` at what is left.");
            }
            throw e;
        }
    }

    /** The one that it was on, so that the order of its key goes on; null where that is not known or is gone. */
    private @Nullable Integer partition(DeadLetter letter) {
        Integer partition = letter.partition();
        String topic = cluster.topics().prefix() + letter.topic();
        try {
            int count = producer.partitionsFor(topic).size();
            return partition == null || partition >= count ? null : partition;
        } catch (TimeoutException e) {
            throw new Refused("The topic " + topic + " is not on this cluster; see `mlops topics plan`.");
        }
    }

    private static ProducerRecord<byte[], byte[]> mark(ConsumerRecord<byte[], byte[]> letter, RecordMetadata to) {
        var headers = new RecordHeaders();
        headers.add(LetterHeaders.REPLAYED, utf8(letter.partition() + "/" + letter.offset()));
        headers.add(LetterHeaders.REPLAYED_TO, utf8(to.topic() + "/" + to.partition() + "/" + to.offset()));
        return new ProducerRecord<>(letter.topic(), letter.partition(), letter.key(), null, headers);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean fenced(@Nullable Throwable reason) {
        return reason instanceof ProducerFencedException || reason instanceof InvalidProducerEpochException;
    }

    /** What is not committed is taken back. */
    @Override
    public void close() {
        producer.close();
    }
}
