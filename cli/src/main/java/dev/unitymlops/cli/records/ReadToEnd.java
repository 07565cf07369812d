package dev.unitymlops.cli.records;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.Ask;
import dev.unitymlops.runtime.Unreachable;
import dev.unitymlops.schemas.TopicSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads topics from their first record to where they end when it begins: committed records, without a group. Topics
 * that are not there have no records. Records stay with their visitor, so that memory does not grow with the topics.
 */
public final class ReadToEnd {
    private static final Duration AT_MOST = Duration.ofMillis(200);

    /** Closing waits for the fetch that is on its way: half a second by default. */
    private static final Map<String, String> SHORT_FETCHES = Map.of("fetch.max.wait.ms", "50");

    private final Cluster cluster;

    public ReadToEnd(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What is done with a record. */
    @FunctionalInterface
    public interface Visit {
        /** Called in the order of each partition. */
        void record(ConsumerRecord<byte[], byte[]> record) throws InterruptedException;
    }

    /**
     * Reads, on the caller's thread.
     *
     * @throws Unreachable when the brokers do not answer
     */
    public void each(Collection<TopicSpec> topics, Visit visit) throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer =
                Ask.kafka(cluster, () -> cluster.clients().bytesConsumer("mlops", SHORT_FETCHES))) {
            Map<TopicPartition, Long> ends = Ask.kafka(cluster, () -> ends(consumer, topics));
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            long heard = System.nanoTime();
            while (Ask.kafka(cluster, () -> behind(consumer, ends))) {
                ConsumerRecords<byte[], byte[]> records = Ask.kafka(cluster, () -> consumer.poll(AT_MOST));
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    visit.record(record);
                }
                heard = records.isEmpty() ? heard : System.nanoTime();
                requireAnswers(heard);
            }
        }
    }

    private void requireAnswers(long heard) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while topics were read");
        }
        if (System.nanoTime() - heard > FindCluster.PATIENCE.toNanos()) {
            throw new Unreachable(
                    "The brokers at " + cluster.bootstrapServers() + " have stopped to answer; try again.", null);
        }
    }

    private Map<TopicPartition, Long> ends(Consumer<byte[], byte[]> consumer, Collection<TopicSpec> topics) {
        var there = consumer.listTopics(FindCluster.PATIENCE);
        return consumer.endOffsets(topics.stream()
                .flatMap(topic -> there.getOrDefault(cluster.topics().name(topic), List.of()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
    }

    private static boolean behind(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }
}
