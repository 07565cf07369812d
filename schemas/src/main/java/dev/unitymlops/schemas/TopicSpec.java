package dev.unitymlops.schemas;

import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A topic as its owner declares it.
 *
 * @param name name without a cluster's prefix
 * @param key what the record key is, in words; keys are UTF-8 strings
 * @param value schema of the value in Confluent's wire format; null where bytes of another topic are kept as they are
 * @param partitions partitions it is created with
 * @param configs topic configuration beside replication
 * @param owner module whose service writes it
 * @param says what a record on it means
 */
public record TopicSpec(
        String name,
        String key,
        @Nullable Schema value,
        int partitions,
        Map<String, String> configs,
        String owner,
        String says) {

    public TopicSpec {
        configs = Map.copyOf(configs);
    }

    TopicSpec withKey(String other) {
        return new TopicSpec(name, other, value, partitions, configs, owner, says);
    }

    TopicSpec withPartitions(int other) {
        return new TopicSpec(name, key, value, other, configs, owner, says);
    }

    /** Whether only the last record of a key counts. */
    public boolean compacted() {
        return "compact".equals(configs.get("cleanup.policy"));
    }

    /**
     * Whether its partition count is fixed for good: a stage's own topics, by which it keeps jobs, what stores are kept in, and
     * those declared with one partition, which belong to one task.
     */
    public boolean hasFixedPartitions() {
        return name.endsWith("-commands")
                || name.endsWith("-work")
                || name.endsWith("-changelog")
                || (partitions == 1 && value != null);
    }

    /** Where a reader of this topic puts a record that it could not decode or handle. */
    public TopicSpec deadLetters() {
        return Topics.deadLettersOf(this);
    }
}
