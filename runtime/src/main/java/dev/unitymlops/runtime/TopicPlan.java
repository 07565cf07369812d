package dev.unitymlops.runtime;

import java.util.List;
import java.util.Map;

/** What differs between the topics as declared and as they are. Empty: nothing. */
public record TopicPlan(List<Difference> differences) {
    public TopicPlan {
        differences = List.copyOf(differences);
    }

    /** One thing that differs. */
    public sealed interface Difference {
        String topic();

        /** It is created. */
        record Missing(String topic, int partitions, int replicationFactor, Map<String, String> configs)
                implements Difference {}

        /** It is set. */
        record OtherConfig(String topic, String key, String wanted, String actual) implements Difference {}

        /** Told, never changed: moving data between brokers is the cluster's business. */
        record FewerReplicas(String topic, int wanted, int actual) implements Difference {}

        /**
         * Told, never changed: with more partitions a key's later records would go elsewhere than its earlier ones.
         */
        record OtherPartitions(String topic, int wanted, int actual) implements Difference {}
    }

    /** Whether everything is as it can be made: what is left is only told. */
    public boolean applied() {
        return differences.stream()
                .allMatch(it -> it instanceof Difference.OtherPartitions || it instanceof Difference.FewerReplicas);
    }

    public List<Difference.Missing> missing() {
        return differences.stream()
                .filter(Difference.Missing.class::isInstance)
                .map(Difference.Missing.class::cast)
                .toList();
    }
}
