package dev.unitymlops.runtime;

import dev.unitymlops.schemas.TopicSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * How the declared topics stand on this cluster.
 *
 * @param create whether a service may create what is missing when it starts
 * @param prefix put before every name
 * @param replicationFactor fewer than {@value #REPLICAS} say that losing one broker may lose jobs; -1: the cluster's
 *     default, whatever it is
 * @param partitions 0: as declared; topics declared with one partition keep it
 */
public record TopicSettings(boolean create, String prefix, int replicationFactor, int partitions) {
    /** What a cluster needs to lose a broker and go on; with it goes {@code min.insync.replicas} {@value #MIN_IN_SYNC}. */
    public static final int REPLICAS = 3;

    static final int MIN_IN_SYNC = 2;
    static final String MIN_IN_SYNC_KEY = "min.insync.replicas";

    public static TopicSettings from(Settings.Reader s) {
        return new TopicSettings(
                s.key("topics.create", "Whether a service creates its missing topics when it starts.")
                        .flag(true),
                s.key("topics.prefix", "Put before the name of every topic.").text(""),
                s.key("topics.replication-factor", "Replicas that every topic must have; 1 on one broker; -1: any.")
                        .count(REPLICAS, -1, 32767),
                s.key("topics.partitions", "Partitions of a topic that is created; 0: as declared.")
                        .count(0, 0, 100_000));
    }

    /** The topic's name on this cluster. */
    public String name(TopicSpec topic) {
        return prefix + topic.name();
    }

    /** What every topic is created with beside its own configuration. */
    public Map<String, String> durability() {
        return replicationFactor < REPLICAS ? Map.of() : Map.of(MIN_IN_SYNC_KEY, String.valueOf(MIN_IN_SYNC));
    }

    /** What a topic is created with. */
    Map<String, String> configs(TopicSpec topic) {
        var configs = new HashMap<>(topic.configs());
        configs.putAll(durability());
        return configs;
    }

    /** One that is declared with one partition keeps it: what stands on it is in one order, or belongs to one task. */
    int partitions(TopicSpec topic) {
        return partitions == 0 || topic.partitions() == 1 ? topic.partitions() : partitions;
    }
}
