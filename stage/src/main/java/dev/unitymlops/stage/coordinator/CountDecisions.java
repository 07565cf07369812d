package dev.unitymlops.stage.coordinator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what became of commands, by command and verdict. Thread-safe. */
public final class CountDecisions {

    private final String stage;
    private final MeterRegistry metrics;
    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

    private record Key(Class<? extends Command> command, Decision.Verdict verdict) {}

    public CountDecisions(String stage, MeterRegistry metrics) {
        this.stage = stage;
        this.metrics = metrics;
    }

    void decided(Command command, Decision.Verdict verdict) {
        counters.computeIfAbsent(new Key(command.getClass(), verdict), this::counter)
                .increment();
    }

    /** A command that had no effect and went to the dead letters. */
    void undecidable() {
        counter("unknown", "undecidable").increment();
    }

    private Counter counter(Key key) {
        return counter(
                key.command().getSimpleName().toLowerCase(Locale.ROOT),
                key.verdict().name().toLowerCase(Locale.ROOT));
    }

    private Counter counter(String command, String verdict) {
        return Counter.builder("mlops.stage.decisions")
                .description("Commands the coordinator decided on, by what became of them")
                .tag("stage", stage)
                .tag("command", command)
                .tag("verdict", verdict)
                .register(metrics);
    }
}
