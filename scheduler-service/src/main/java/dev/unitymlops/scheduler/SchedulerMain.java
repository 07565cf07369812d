package dev.unitymlops.scheduler;

import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Metrics;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.scheduler.topology.SchedulerParts;
import java.time.Clock;
import java.util.List;

/** scheduler-service as a process, or as a part of one. */
public final class SchedulerMain {

    public static final Service<SchedulerConfig> SERVICE =
            new Service<>(SchedulerParts.SERVICE, SchedulerConfig::from, SchedulerMain::components, SchedulerParts.USE);

    private SchedulerMain() {}

    public static void main(String[] args) {
        System.exit(SERVICE.run(args));
    }

    private static List<Component> components(SchedulerConfig config, Metrics metrics) {
        return SchedulerParts.of(config, metrics.registry(), Clock.systemUTC());
    }
}
