package dev.unitymlops.runtime;

import dev.unitymlops.runtime.TopicPlan.Difference;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Of all differences those with which acknowledged records, or a key's order, can be lost. */
final class UnsafeTopics {
    private UnsafeTopics() {}

    /**
     * Does nothing when there are none.
     *
     * @param fixed names of the topics whose partition count is fixed for good
     * @throws MissingHere with all of them
     */
    static void refuse(TopicPlan plan, Set<String> fixed) {
        List<String> reasons = plan.differences().stream()
                .flatMap(difference -> reason(difference, fixed).stream())
                .toList();
        if (!reasons.isEmpty()) {
            throw new MissingHere("Topics are not safe to work with:\n  " + String.join("\n  ", reasons));
        }
    }

    private static Optional<String> reason(Difference difference, Set<String> fixed) {
        return switch (difference) {
            case Difference.Missing missing -> Optional.empty();
            case Difference.FewerReplicas(String topic, int wanted, int actual) ->
                Optional.of("%s has %d replicas, wanted %d: give it more (kafka-reassign-partitions), or set"
                                .formatted(topic, actual, wanted)
                        + " topics.replication-factor to %d where losing a broker may lose jobs".formatted(actual));
            case Difference.OtherPartitions(String topic, int wanted, int actual) ->
                fixed.contains(topic)
                        ? Optional.of(
                                wanted == 1
                                        ? "%s has %d partitions, wanted 1: what is kept by it belongs to one task. Create it anew"
                                                .formatted(topic, actual)
                                        : "%s has %d partitions, wanted %d: set topics.partitions to what it was created with;"
                                                        .formatted(topic, actual, wanted)
                                                + " when partitions were added to it, jobs have two homes: create it anew while it is empty")
                        : Optional.empty();
            case Difference.OtherConfig(String topic, String key, String wanted, String actual) ->
                switch (key) {
                    case "cleanup.policy", TopicSettings.MIN_IN_SYNC_KEY, TopicCreator.UNCLEAN ->
                        Optional.of("%s has %s = %s, wanted %s: set it, or have mlops topics apply set it"
                                .formatted(topic, key, actual, wanted));
                    default -> Optional.empty();
                };
        };
    }
}
