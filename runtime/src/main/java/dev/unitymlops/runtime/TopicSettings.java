package dev.unitymlops.runtime;

import dev.unitymlops.schemas.TopicSpec;

/**
 * How the declared topics stand on this cluster.
 *
 * @param create whether a service may create what is missing when it starts
 * @param prefix put before every name
 * @param replicationFactor -1: the cluster's default
 * @param partitions 0: as declared
 */
public record TopicSettings(boolean create, String prefix, int replicationFactor, int partitions) {
    public static TopicSettings from(Settings.Reader s) {
        return new TopicSettings(
                s.key("topics.create", "Whether a service creates its missing topics when it starts.")
                        .flag(true),
                s.key("topics.prefix", "Put before the name of every topic.").text(""),
                s.key("topics.replication-factor", "Replicas of a topic that is created; -1: the cluster's default.")
                        .count(-1, -1, 32767),
                s.key("topics.partitions", "Partitions of a topic that is created; 0: as declared.")
                        .count(0, 0, 100_000));
    }

    /** The topic's name on this cluster. */
    public String name(TopicSpec topic) {
        return prefix + topic.name();
    }

    int partitions(TopicSpec topic) {
        return partitions == 0 ? topic.partitions() : partitions;
    }
}
