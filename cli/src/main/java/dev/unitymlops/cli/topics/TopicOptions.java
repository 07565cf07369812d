package dev.unitymlops.cli.topics;

import dev.unitymlops.runtime.TopicSettings;
import picocli.CommandLine.Option;

/** How the topics of this cluster are to be; the services' settings of the same names. */
final class TopicOptions {
    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            defaultValue = "-1",
            description = "Replicas of a topic that is created (topics.replication-factor). Default: the cluster's.")
    private int replicationFactor = -1;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "0",
            description = "Partitions of every topic (topics.partitions). Default: as declared for each.")
    private int partitions;

    TopicSettings on(TopicSettings cluster) {
        return new TopicSettings(true, cluster.prefix(), replicationFactor, partitions);
    }
}
