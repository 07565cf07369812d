package dev.unitymlops.registry;

import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Metrics;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.stage.StageLine;
import dev.unitymlops.stage.StageService;
import dev.unitymlops.stage.StageUse;
import dev.unitymlops.stage.intake.Admission;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** registry-service as a process, or as a part of one. */
public final class RegistryMain {

    public static final Service<RegistryConfig> SERVICE = new Service<>(
            StageLine.REGISTRY.service(),
            RegistryConfig::from,
            RegistryMain::components,
            StageUse.of(StageLine.REGISTRY));

    private RegistryMain() {}

    public static void main(String[] args) {
        System.exit(SERVICE.run(args));
    }

    private static List<Component> components(RegistryConfig config, Metrics metrics) {
        Registries registries = new Registries(config, Clock.systemUTC());
        RegistryHandler handler = new RegistryHandler(
                config.check(), registries.files(), registries.google(), registries.mlflow(), Clock.systemUTC());
        List<Component> components = new ArrayList<>(registries.components());
        components.addAll(new StageService<>(StageLine.REGISTRY, handler, Admission.ALL, config.stage(), Map.of())
                .components(metrics));
        return components;
    }
}
