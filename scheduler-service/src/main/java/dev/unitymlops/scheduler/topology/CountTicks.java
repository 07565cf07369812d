package dev.unitymlops.scheduler.topology;

import dev.unitymlops.events.ScheduleTick;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of the instance that decides. Thread-safe. */
final class CountTicks {

    private final MeterRegistry metrics;
    private final AtomicInteger schedules;
    private final AtomicInteger waiting;
    private final AtomicInteger places;

    CountTicks(MeterRegistry metrics) {
        this.metrics = metrics;
        this.schedules = gauge("mlops.scheduler.schedules", "Schedules that are known");
        this.waiting = gauge("mlops.scheduler.jobs.waiting", "Jobs of fired ticks that wait for a place");
        this.places = gauge("mlops.scheduler.places.taken", "Jobs of schedules that run");
    }

    private AtomicInteger gauge(String name, String says) {
        AtomicInteger value = new AtomicInteger();
        Gauge.builder(name, value, AtomicInteger::get).description(says).register(metrics);
        return value;
    }

    /** By decision, and for a skipped one by policy; the time is how late it was decided, its jitter included. */
    void ticked(ScheduleTick tick) {
        Timer.builder("mlops.scheduler.ticks")
                .description("Ticks, and how long after them they were decided")
                .tag("decision", tick.getDecision().name().toLowerCase(Locale.ROOT))
                .tag("policy", tick.getPolicy())
                .register(metrics)
                .record(Duration.ofMillis(tick.getLateMillis()));
    }

    void stands(int known, int waitingJobs, int placesTaken) {
        schedules.set(known);
        waiting.set(waitingJobs);
        places.set(placesTaken);
    }
}
