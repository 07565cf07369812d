package dev.unitymlops.cli.cluster;

import dev.unitymlops.runtime.InvalidSettings;
import dev.unitymlops.runtime.Unreachable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Finds the cluster of a command: its options, then the environment, then the platform of the data folder. */
public final class FindCluster {
    /** How long a command waits for an answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String REGISTRY_URL = "schema.registry.url";

    private final ClusterOptions options;
    private final Map<String, String> environment;

    public FindCluster(ClusterOptions options, Map<String, String> environment) {
        this.options = options;
        this.environment = Map.copyOf(environment);
    }

    public ClusterOptions options() {
        return options;
    }

    /**
     * The cluster; it has not been asked anything yet.
     *
     * @throws Unreachable when none is named and no platform runs on the data folder
     * @throws InvalidSettings when what is named cannot be used
     */
    public Cluster find() throws IOException {
        Map<String, String> config = kafkaConfig();
        String servers =
                named(options.bootstrapServers(), "KAFKA_BOOTSTRAP_SERVERS", config.remove("bootstrap.servers"));
        String registry = named(options.schemaRegistryUrl(), "SCHEMA_REGISTRY_URL", config.remove(REGISTRY_URL));
        if (servers != null && registry != null) {
            return Cluster.of(servers, registry, config, Optional.empty());
        }
        if (servers != null || registry != null) {
            String missing = servers == null ? "--bootstrap-servers" : "--schema-registry-url";
            throw invalid(missing, null, "is missing", "name the brokers and the schema registry, or neither");
        }
        Connection local = new ConnectionFile(options.dataDir())
                .read()
                .orElseThrow(() -> new Unreachable(
                        "No platform runs here: there is no connection.json in " + options.dataDir()
                                + ". Start one with `mlops up`, name its folder with --data-dir, or name a cluster with"
                                + " --bootstrap-servers and --schema-registry-url.",
                        null));
        return Cluster.of(local.bootstrapServers(), local.schemaRegistryUrl(), config, Optional.of(local));
    }

    private @Nullable String named(@Nullable String option, String variable, @Nullable String configured) {
        if (option != null) {
            return option;
        }
        String set = environment.getOrDefault(variable, "");
        return set.isBlank() ? configured : set;
    }

    private Map<String, String> kafkaConfig() {
        var found = new HashMap<String, String>();
        Path file = options.kafkaConfig();
        if (file != null) {
            var properties = new Properties();
            try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw invalid("--kafka-config", file.toString(), "cannot be read: " + e, "name a properties file");
            }
            properties.stringPropertyNames().forEach(key -> found.put(key, properties.getProperty(key)));
        }
        return found;
    }

    private static InvalidSettings invalid(String option, @Nullable String value, String message, String remedy) {
        return new InvalidSettings(List.of(new InvalidSettings.Problem(option, value, message, remedy)));
    }
}
