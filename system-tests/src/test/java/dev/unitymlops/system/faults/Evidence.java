package dev.unitymlops.system.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * All that was ever committed on the topics of a fleet, from their first record on, with the time at which a reader saw
 * it. It reads while a method waits, on the caller's thread, and outlives outages of the broker.
 */
final class Evidence implements AutoCloseable {
    /** Header of what the harness wrote to bother: it is no event of the pipeline. */
    static final String BOTHER = "fault";

    private static final List<TopicSpec> ENDS = List.of(Topics.MODEL_REGISTERED, Topics.JOB_FAILED);
    private static final Duration POLL = Duration.ofMillis(50);

    /** A record and when it was seen; its value is decoded when it is asked for. */
    static final class Seen {
        private final ConsumerRecord<byte[], byte[]> record;
        private final Instant at;
        private Optional<ConsumerRecord<String, SpecificRecord>> decoded = Optional.empty();

        private Seen(ConsumerRecord<byte[], byte[]> record, Instant at) {
            this.record = record;
            this.at = at;
        }

        Instant at() {
            return at;
        }

        ConsumerRecord<byte[], byte[]> raw() {
            return record;
        }

        boolean bothers() {
            return record.headers().lastHeader(BOTHER) != null;
        }

        String key() {
            return record.key() == null ? "" : new String(record.key(), UTF_8);
        }

        private ConsumerRecord<String, SpecificRecord> decode(Deserializer<SpecificRecord> deserializer) {
            if (decoded.isEmpty()) {
                decoded = Optional.of(new ConsumerRecord<>(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        key(),
                        deserializer.deserialize(record.topic(), record.headers(), record.value())));
            }
            return decoded.get();
        }
    }

    private final Consumer<byte[], byte[]> consumer;
    private final Deserializer<SpecificRecord> deserializer;
    private final List<TopicPartition> partitions;
    private final List<Seen> all = new ArrayList<>();
    private final Set<String> ended = new HashSet<>();

    /** Reads topics, which exist. */
    Evidence(KafkaClients clients, List<TopicSpec> topics) {
        consumer =
                clients.bytesConsumer("evidence", Map.of("fetch.max.wait.ms", 50, "default.api.timeout.ms", 300_000));
        deserializer = clients.deserializer();
        partitions = topics.stream()
                .map(TopicSpec::name)
                .map(consumer::partitionsFor)
                .flatMap(List::stream)
                .map(it -> new TopicPartition(it.topic(), it.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads until then. */
    void readUntil(Instant time) {
        while (Instant.now().isBefore(time)) {
            poll();
        }
    }

    /** Reads until each of these jobs has an end; what is missing when the patience is over is for the oracle to tell. */
    void awaitEnds(Set<String> jobs, Duration patience) {
        Instant giveUp = Instant.now().plus(patience);
        while (!ended.containsAll(jobs) && Instant.now().isBefore(giveUp)) {
            poll();
        }
    }

    /** Reads on to the last record that is committed now. */
    void readToEnd() {
        consumer.endOffsets(partitions).forEach((partition, end) -> {
            while (consumer.position(partition) < end) {
                poll();
            }
        });
    }

    Set<String> ended() {
        return Set.copyOf(ended);
    }

    /** What was seen on a topic so far. */
    Stream<Seen> on(TopicSpec topic) {
        return all.stream().filter(it -> it.raw().topic().equals(topic.name()));
    }

    /** The same without what the harness wrote to bother, decoded. */
    List<ConsumerRecord<String, SpecificRecord>> events(TopicSpec... topics) {
        return Stream.of(topics)
                .flatMap(this::on)
                .filter(it -> !it.bothers())
                .map(this::decoded)
                .toList();
    }

    ConsumerRecord<String, SpecificRecord> decoded(Seen seen) {
        return seen.decode(deserializer);
    }

    private void poll() {
        consumer.poll(POLL).forEach(record -> {
            Seen seen = new Seen(record, Instant.now());
            all.add(seen);
            if (ENDS.stream().anyMatch(it -> it.name().equals(record.topic()))) {
                ended.add(seen.key());
            }
        });
    }

    @Override
    public void close() {
        consumer.close();
        deserializer.close();
    }
}
