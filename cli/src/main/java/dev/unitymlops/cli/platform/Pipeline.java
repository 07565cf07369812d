package dev.unitymlops.cli.platform;

import dev.unitymlops.build.BuildMain;
import dev.unitymlops.registry.RegistryMain;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.scheduler.SchedulerMain;
import dev.unitymlops.train.TrainMain;
import dev.unitymlops.webhook.WebhookMain;
import java.util.List;
import java.util.stream.Stream;

/** The services of the pipeline. */
public final class Pipeline {
    /** What one job needs. */
    static final List<Service<?>> STAGES = List.of(BuildMain.SERVICE, TrainMain.SERVICE, RegistryMain.SERVICE);

    /** All of them. */
    public static final List<Service<?>> ALL = Stream.concat(
                    STAGES.stream(), Stream.of(SchedulerMain.SERVICE, WebhookMain.SERVICE))
            .toList();

    private Pipeline() {}
}
