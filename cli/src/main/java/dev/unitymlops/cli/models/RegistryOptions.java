package dev.unitymlops.cli.models;

import dev.unitymlops.cli.settings.ServiceOptions;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of all commands on models that say which registry is meant. */
final class RegistryOptions {
    @Option(
            names = "--registry",
            scope = ScopeType.INHERIT,
            paramLabel = "WORD",
            defaultValue = "file",
            description = "Where the models are: file, vertex or mlflow. Default: ${DEFAULT-VALUE}.")
    private String registry = "file";

    @Option(
            names = "--project",
            scope = ScopeType.INHERIT,
            paramLabel = "ID",
            description = "Google Cloud project of --registry vertex. Default: VERTEX_PROJECT.")
    private @Nullable String project;

    @Option(
            names = "--region",
            scope = ScopeType.INHERIT,
            paramLabel = "REGION",
            description = "Its region. Default: VERTEX_REGION, else us-central1.")
    private @Nullable String region;

    @Mixin
    private ServiceOptions services = new ServiceOptions();

    String registry() {
        return registry;
    }

    @Nullable
    String project(Map<String, String> environment) {
        return project != null ? project : environment.get("VERTEX_PROJECT");
    }

    String region(Map<String, String> environment) {
        return Optional.ofNullable(region).orElseGet(() -> environment.getOrDefault("VERTEX_REGION", "us-central1"));
    }

    ServiceOptions services() {
        return services;
    }
}
