package dev.unitymlops.cli.events;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.runtime.EventDecoder;
import dev.unitymlops.runtime.EventDecoder.Decoded;
import dev.unitymlops.runtime.EventHeaders;
import dev.unitymlops.runtime.Unreachable;
import dev.unitymlops.schemas.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads events of topics, without a group, from the first record that the cluster still has or from now on. Records that
 * cannot be decoded are passed over: they are the dead letters' business. One thread.
 */
public final class EventReader implements AutoCloseable {
    private final Cluster cluster;
    private final Consumer<byte[], byte[]> consumer;
    private final EventDecoder<SpecificRecord> decoder;
    private final Map<TopicPartition, Long> ends;

    private EventReader(Cluster cluster, List<TopicSpec> topics) {
        this.cluster = cluster;
        this.consumer = Ask.kafka(cluster, () -> cluster.clients().bytesConsumer("mlops", Map.of()));
        this.decoder = new EventDecoder<>(cluster.clients().deserializer(), SpecificRecord.class);
        try {
            List<TopicPartition> partitions = Ask.kafka(cluster, () -> partitions(topics));
            consumer.assign(partitions);
            this.ends = new HashMap<>(Ask.kafka(cluster, () -> consumer.endOffsets(partitions)));
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** From the first record on. */
    public static EventReader fromBeginning(Cluster cluster, List<TopicSpec> topics) {
        var reader = new EventReader(cluster, topics);
        reader.consumer.seekToBeginning(reader.consumer.assignment());
        return reader;
    }

    /** Only what comes after this call. */
    public static EventReader fromNow(Cluster cluster, List<TopicSpec> topics) {
        var reader = new EventReader(cluster, topics);
        reader.ends.forEach(reader.consumer::seek);
        return reader;
    }

    /** Topics that are not there have no records. */
    private List<TopicPartition> partitions(List<TopicSpec> topics) {
        var names = topics.stream().map(cluster.topics()::name).toList();
        var found = consumer.listTopics(FindCluster.PATIENCE);
        return names.stream()
                .flatMap(name -> found.getOrDefault(name, List.of()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    /** What has come, in the order of each partition; waits for it at most so long. */
    public List<JobEvent> poll(Duration atMost) {
        if (ends.isEmpty()) {
            return List.of();
        }
        var events = new ArrayList<JobEvent>();
        for (ConsumerRecord<byte[], byte[]> record : Ask.kafka(cluster, () -> consumer.poll(atMost))) {
            decoded(record).ifPresent(events::add);
        }
        return events;
    }

    /** Everything up to where the topics ended when this reader was made. */
    public List<JobEvent> history() {
        var events = new ArrayList<JobEvent>();
        long deadline = System.nanoTime() + FindCluster.PATIENCE.toNanos();
        while (!caughtUp()) {
            List<JobEvent> more = poll(Duration.ofMillis(200));
            events.addAll(more);
            if (!more.isEmpty()) {
                deadline = System.nanoTime() + FindCluster.PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw Ask.silent(cluster, null);
            }
        }
        return events;
    }

    /** Everything that is there now and has not been read. */
    public List<JobEvent> upToNow() {
        ends.putAll(Ask.kafka(cluster, () -> consumer.endOffsets(ends.keySet())));
        return history();
    }

    /** Whether everything has been read that was there when this reader was made. */
    public boolean caughtUp() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private Optional<JobEvent> decoded(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        return switch (decoder.decode(record)) {
            case Decoded.Event<SpecificRecord> event -> Optional.of(event(record, event.value()));
            case Decoded.Unreadable<SpecificRecord> unreadable -> Optional.empty();
            case Decoded.RegistryDown<SpecificRecord> down ->
                throw new Unreachable(
                        "The schema registry at " + cluster.clients().settings().shownRegistryUrl()
                                + " does not answer: " + down.reason().getMessage(),
                        down.reason());
        };
    }

    private JobEvent event(ConsumerRecord<byte[], byte[]> record, SpecificRecord value) {
        String topic = record.topic().substring(cluster.topics().prefix().length());
        return new JobEvent(
                topic,
                record.partition(),
                record.offset(),
                EventHeaders.time(record.headers()).orElseGet(() -> Instant.ofEpochMilli(record.timestamp())),
                type(record, topic),
                value);
    }

    private static String type(ConsumerRecord<byte[], byte[]> record, String topic) {
        var header = record.headers().lastHeader("ce_type");
        return header == null || header.value() == null
                ? "dev.unitymlops." + topic
                : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
