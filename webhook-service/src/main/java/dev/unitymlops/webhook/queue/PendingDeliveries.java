package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.DeliveryOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Counts what became of attempts and what still waits on this instance. Thread-safe. */
public final class PendingDeliveries {

    private final MeterRegistry metrics;
    private final Counter unheard;
    private final Map<Integer, Map<String, Load>> byPartition = new ConcurrentHashMap<>();

    /** @param oldestAt when the first of them was read, milliseconds since the epoch */
    private record Load(int messages, long oldestAt) {}

    public PendingDeliveries(MeterRegistry metrics, Clock clock) {
        this.metrics = metrics;
        unheard = Counter.builder("mlops.webhook.unheard")
                .description("Attempts whose outcome was not heard of, and which are made again")
                .register(metrics);
        Gauge.builder(
                        "mlops.webhook.pending",
                        this,
                        it -> it.loads().mapToInt(Load::messages).sum())
                .description("Webhook messages that wait to be delivered by this instance")
                .register(metrics);
        Gauge.builder("mlops.webhook.oldest.pending.seconds", this, it -> it.oldestSeconds(clock.millis()))
                .description("Age of the oldest of them")
                .register(metrics);
    }

    void ended(DeliveryOutcome outcome) {
        Counter.builder("mlops.webhook.deliveries")
                .description("Attempts to deliver a webhook message, by outcome")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(metrics)
                .increment();
    }

    /** A message of which nothing was heard is tried again. */
    void unheard() {
        unheard.increment();
    }

    void waits(int partition, String key, Told told) {
        Map<String, Load> its = byPartition.computeIfAbsent(partition, ignored -> new ConcurrentHashMap<>());
        if (told.waiting().isEmpty()) {
            its.remove(key);
        } else {
            long oldest = told.waiting().getFirst().message().getAt().toEpochMilli();
            its.put(key, new Load(told.waiting().size(), oldest));
        }
    }

    void forget(int partition) {
        byPartition.remove(partition);
    }

    private Stream<Load> loads() {
        return byPartition.values().stream().flatMap(its -> its.values().stream());
    }

    private double oldestSeconds(long now) {
        return loads().mapToLong(Load::oldestAt).min().stream()
                .mapToDouble(at -> Math.max(0, now - at) / 1_000.0)
                .findFirst()
                .orElse(0);
    }
}
