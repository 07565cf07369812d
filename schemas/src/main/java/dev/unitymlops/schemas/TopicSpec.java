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

    /** Whether it is a stage's own: written by that stage only, its partition count fixed for good. */
    public boolean ofOneStage() {
        return name.endsWith("-commands") || name.endsWith("-work");
    }

    /** Where a reader of this topic puts a record that it could not decode or handle. */
    public TopicSpec deadLetters() {
        return Topics.deadLettersOf(this);
    }
}
