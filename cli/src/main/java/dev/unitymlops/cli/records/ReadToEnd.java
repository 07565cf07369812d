package dev.unitymlops.cli.records;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.runtime.Unreachable;
import dev.unitymlops.schemas.TopicSpec;
import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads topics from their first record to where they end when it begins. */
public final class ReadToEnd {
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
        try (var followed = new FollowTopics(cluster, topics)) {
            followed.toEnd(visit);
        }
    }
}
