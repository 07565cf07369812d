package dev.unitymlops.cli.cluster;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of all commands that say where the platform is. */
public final class ClusterOptions {
    @Option(
            names = "--bootstrap-servers",
            scope = ScopeType.INHERIT,
            paramLabel = "HOST:PORT,...",
            description = "Kafka brokers. Default: KAFKA_BOOTSTRAP_SERVERS, else those of this folder's `mlops up`.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--schema-registry-url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "Schema registry. Default: SCHEMA_REGISTRY_URL, else that of this folder's `mlops up`.")
    private @Nullable String schemaRegistryUrl;

    @Option(
            names = "--kafka-config",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Properties of Kafka's clients, such as those for TLS and SASL;"
                    + " schema.registry.* is the registry client's, topics.prefix stands before the topics' names.")
    private @Nullable Path kafkaConfig;

    @Option(
            names = "--data-dir",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            defaultValue = ".mlops",
            description = "Folder of `mlops up`: its data, and where it can be reached. Default: ${DEFAULT-VALUE}.")
    private Path dataDir = Path.of(".mlops");

    public @Nullable String bootstrapServers() {
        return bootstrapServers;
    }

    public @Nullable String schemaRegistryUrl() {
        return schemaRegistryUrl;
    }

    public @Nullable Path kafkaConfig() {
        return kafkaConfig;
    }

    public Path dataDir() {
        return dataDir.toAbsolutePath().normalize();
    }
}
