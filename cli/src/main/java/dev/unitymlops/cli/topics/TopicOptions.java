package dev.unitymlops.cli.topics;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.runtime.TopicSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the topics of this cluster are to be; the services' settings of the same names. */
final class TopicOptions {
    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description = "Replicas that every topic is to have (topics.replication-factor); -1: any."
                    + " Default: 3, of this folder's `mlops up` 1.")
    private @Nullable Integer replicationFactor;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "0",
            description = "Partitions of every topic (topics.partitions). Default: as declared for each.")
    private int partitions;

    TopicSettings on(Cluster cluster) {
        int usual = cluster.local().isPresent() ? 1 : TopicSettings.REPLICAS;
        int replicas = replicationFactor == null ? usual : replicationFactor;
        return new TopicSettings(true, cluster.topics().prefix(), replicas, partitions);
    }
}
