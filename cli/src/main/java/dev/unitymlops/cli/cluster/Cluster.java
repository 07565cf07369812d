package dev.unitymlops.cli.cluster;

import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.TopicSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A Kafka with its schema registry.
 *
 * @param local the {@code mlops up} behind it; empty for any other cluster
 */
public record Cluster(KafkaClients clients, TopicSettings topics, Optional<Connection> local) {
    private static final String REGISTRY = "schema.registry.";
    private static final String PREFIX = "topics.prefix";

    /** That of this process. */
    public static Cluster of(String servers, String registry) {
        return of(servers, registry, Map.of(), Optional.empty());
    }

    /**
     * A cluster.
     *
     * @param config settings of Kafka's clients, of the registry's and the topics' prefix, under their own names
     */
    static Cluster of(String servers, String registry, Map<String, String> config, Optional<Connection> local) {
        // Kafka's own patience is a minute and more.
        var client = new HashMap<>(Map.of(
                "default.api.timeout.ms", String.valueOf(FindCluster.PATIENCE.toMillis()),
                "request.timeout.ms", String.valueOf(FindCluster.PATIENCE.toMillis() / 2),
                "producer.max.block.ms", String.valueOf(FindCluster.PATIENCE.toMillis()),
                "producer.delivery.timeout.ms", String.valueOf(FindCluster.PATIENCE.toMillis())));
        var serdes = new HashMap<String, String>();
        config.forEach((key, value) -> {
            if (key.startsWith(REGISTRY)) {
                serdes.put(key.substring(REGISTRY.length()), value);
            } else if (!key.equals(PREFIX)) {
                client.put(key, value);
            }
        });
        return new Cluster(
                new KafkaClients(new KafkaSettings(servers, registry, client, serdes, FindCluster.PATIENCE)),
                new TopicSettings(true, config.getOrDefault(PREFIX, ""), -1, 0),
                local);
    }

    /** For messages. */
    public String bootstrapServers() {
        return clients.settings().bootstrapServers();
    }
}
