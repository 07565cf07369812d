package dev.unitymlops.cli.records;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.Ask;
import dev.unitymlops.cli.records.ReadToEnd.Visit;
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
 * Reads topics from their first record on: committed records, without a group. Topics that are not there when it begins
 * have no records. Records stay with their visitor, so that memory does not grow with the topics. One thread.
 */
public final class FollowTopics implements AutoCloseable {
    private static final Duration AT_MOST = Duration.ofMillis(200);

    /** Closing waits for the fetch that is on its way: half a second by default. */
    private static final Map<String, String> SHORT_FETCHES = Map.of("fetch.max.wait.ms", "50");

    private final Cluster cluster;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    /** @throws Unreachable when the brokers do not answer */
    public FollowTopics(Cluster cluster, Collection<TopicSpec> topics) {
        this.cluster = cluster;
        this.consumer = Ask.kafka(cluster, () -> cluster.clients().bytesConsumer("mlops", SHORT_FETCHES));
        try {
            this.ends = Ask.kafka(cluster, () -> ends(topics));
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * Reads, on the caller's thread, to where the topics ended when this was made.
     *
     * @throws Unreachable when the brokers do not answer
     */
    public void toEnd(Visit visit) throws InterruptedException {
        long heard = System.nanoTime();
        while (Ask.kafka(cluster, this::behind)) {
            heard = read(AT_MOST, visit) ? System.nanoTime() : heard;
            requireAnswers(heard);
        }
    }

    /** Reads what has arrived since, without waiting for more. */
    public void more(Visit visit) throws InterruptedException {
        if (!ends.isEmpty()) {
            read(Duration.ZERO, visit);
        }
    }

    private boolean read(Duration atMost, Visit visit) throws InterruptedException {
        ConsumerRecords<byte[], byte[]> records = Ask.kafka(cluster, () -> consumer.poll(atMost));
        for (ConsumerRecord<byte[], byte[]> record : records) {
            visit.record(record);
        }
        return !records.isEmpty();
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

    private Map<TopicPartition, Long> ends(Collection<TopicSpec> topics) {
        var there = consumer.listTopics(FindCluster.PATIENCE);
        return consumer.endOffsets(topics.stream()
                .flatMap(topic -> there.getOrDefault(cluster.topics().name(topic), List.of()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
    }

    private boolean behind() {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
