package dev.unitymlops.cli.platform;

import dev.unitymlops.build.BuildMain;
import dev.unitymlops.registry.RegistryMain;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.train.TrainMain;
import java.util.List;

/** The services of the pipeline. */
final class Pipeline {
    static final List<Service<?>> SERVICES = List.of(BuildMain.SERVICE, TrainMain.SERVICE, RegistryMain.SERVICE);

    private Pipeline() {}
}
