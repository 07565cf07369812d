package dev.unitymlops.stage.worker;

import dev.unitymlops.events.WorkPhase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The stage's queue as gauges. The worker's thread sets them, the ops server reads them. */
final class QueueMetrics {

    private final Map<WorkPhase, Integer> jobs = new ConcurrentHashMap<>();
    private final AtomicLong oldest = new AtomicLong();
    private final AtomicInteger unschedulable = new AtomicInteger();
    private final AtomicInteger paused = new AtomicInteger();

    QueueMetrics(String stage, MeterRegistry metrics, Clock clock) {
        Arrays.stream(WorkPhase.values())
                .filter(phase -> phase != WorkPhase.UNKNOWN)
                .forEach(phase -> Gauge.builder("mlops.stage.jobs", () -> jobs.getOrDefault(phase, 0))
                        .description("Live jobs of the stage, by where they stand")
                        .tag("stage", stage)
                        .tag("phase", phase.name().toLowerCase(Locale.ROOT))
                        .register(metrics));
        Gauge.builder("mlops.stage.oldest.waiting", () -> waitingSeconds(clock))
                .description("How long the oldest queued job has waited")
                .baseUnit("seconds")
                .tag("stage", stage)
                .register(metrics);
        Gauge.builder("mlops.stage.unschedulable", unschedulable, AtomicInteger::get)
                .description("Queued jobs that no live worker could take, for want of a label or of any worker")
                .tag("stage", stage)
                .register(metrics);
        Gauge.builder("mlops.stage.worker.paused", paused, AtomicInteger::get)
                .description("1 while this worker takes no new jobs although it lives, else 0")
                .tag("stage", stage)
                .register(metrics);
    }

    void set(WorkView view, Peers workers, boolean isPaused) {
        for (WorkPhase phase : WorkPhase.values()) {
            jobs.put(phase, view.count(phase));
        }
        oldest.set(view.oldestQueued());
        paused.set(isPaused ? 1 : 0);
        unschedulable.set(view.unschedulable(workers.offers()));
    }

    private double waitingSeconds(Clock clock) {
        long since = oldest.get();
        return since == 0 ? 0 : Math.max(0, clock.millis() - since) / 1000.0;
    }
}
