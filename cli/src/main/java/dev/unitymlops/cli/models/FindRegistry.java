package dev.unitymlops.cli.models;

import dev.unitymlops.cli.cluster.Connection;
import dev.unitymlops.cli.cluster.ConnectionFile;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.job.Suggestion;
import dev.unitymlops.registry.Registries;
import dev.unitymlops.registry.RegistryConfig;
import dev.unitymlops.runtime.InvalidSettings;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opens the registry of a command, configured as registry-service is. */
final class FindRegistry {
    private static final String ARTIFACTS = "artifacts.root";

    /** The service cannot be configured without, but nobody connects to them here. */
    private static final Map<String, String> NO_CLUSTER =
            Map.of("bootstrap.servers", "none", "schema.registry.url", "none");

    private final RegistryOptions options;
    private final FindCluster find;
    private final Map<String, String> environment;
    private final Clock clock;

    FindRegistry(RegistryOptions options, FindCluster find, Map<String, String> environment, Clock clock) {
        this.options = options;
        this.find = find;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /**
     * The registry, to be closed.
     *
     * @throws InvalidSettings when the word is none, or a setting
     * @throws Refused when it lacks a setting
     */
    OpenRegistry open() throws IOException, InterruptedException {
        requireKnown(options.registry());
        RegistryConfig config =
                options.services().settings(environment, NO_CLUSTER, defaults()).read(RegistryConfig::from);
        var registries = new Registries(config, clock);
        try {
            return new OpenRegistry(
                    registries,
                    AskRegistry.of(
                            options.registry(),
                            () -> registries.named(
                                    options.registry(), options.project(environment), options.region(environment))));
        } catch (RuntimeException e) {
            registries.close();
            throw e;
        }
    }

    /** Where the services of this folder put their artifacts, as far as they say. */
    private Map<String, String> defaults() throws IOException {
        var defaults = new HashMap<String, String>();
        new ConnectionFile(find.options().dataDir())
                .written()
                .map(Connection::artifacts)
                .ifPresent(root -> defaults.put(ARTIFACTS, root));
        return defaults;
    }

    private static void requireKnown(String word) {
        if (!Registries.WORDS.contains(word)) {
            String remedy = Suggestion.nearest(word, Registries.WORDS)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("choose one of " + String.join(", ", Registries.WORDS));
            throw new InvalidSettings(
                    List.of(new InvalidSettings.Problem("--registry", word, "is no registry", remedy)));
        }
    }
}
