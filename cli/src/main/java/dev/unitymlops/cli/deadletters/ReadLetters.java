package dev.unitymlops.cli.deadletters;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.records.ReadToEnd;
import dev.unitymlops.schemas.TopicSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the dead letters of a cluster, and which of them were sent again: that is said by marks, records without a
 * value in the same partition, which outlive the letters, as a consumer group's offsets may not.
 */
final class ReadLetters {
    private final Cluster cluster;
    private final ReadToEnd read;

    ReadLetters(Cluster cluster) {
        this.cluster = cluster;
        this.read = new ReadToEnd(cluster);
    }

    /** What is done with a letter. */
    @FunctionalInterface
    interface Visit {
        void letter(LetterId id, ConsumerRecord<byte[], byte[]> record) throws InterruptedException;
    }

    /** All of them, in order; their bytes are left behind. */
    List<DeadLetter> all(Collection<TopicSpec> topics) throws InterruptedException {
        var letters = new TreeMap<LetterId, DeadLetter>();
        read.each(topics, record -> {
            LetterId at = at(record);
            Optional<LetterId> marked = LetterHeaders.text(record.headers(), LetterHeaders.REPLAYED)
                    .flatMap(letter -> LetterId.parse(at.topic() + "/" + letter));
            if (marked.isPresent()) {
                Instant when = Instant.ofEpochMilli(record.timestamp());
                letters.computeIfPresent(marked.get(), (id, letter) -> letter.replayedAt(when));
            } else {
                letters.put(at, DeadLetter.of(at, record));
            }
        });
        return List.copyOf(letters.values());
    }

    /** Shows each letter whole, marks left out. */
    void each(Collection<TopicSpec> topics, Visit visit) throws InterruptedException {
        read.each(topics, record -> {
            if (record.headers().lastHeader(LetterHeaders.REPLAYED) == null) {
                visit.letter(at(record), record);
            }
        });
    }

    private LetterId at(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic().substring(cluster.topics().prefix().length());
        return new LetterId(topic, record.partition(), record.offset());
    }
}
