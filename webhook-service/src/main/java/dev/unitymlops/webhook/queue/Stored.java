package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.WebhookState;
import dev.unitymlops.events.WebhookSwitch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What is kept of messages and of disabled endpoints, in the stores of a task. */
final class Stored {

    /** Nothing more of a run comes so long after its end. */
    private static final Duration ENDED_KEPT = Duration.ofDays(1);

    /** Nor of one without an end that has been silent so long: what would be told is no longer on its topics. */
    private static final Duration SILENT_KEPT = Duration.ofDays(31);

    private final KeyValueStore<String, WebhookState> told;
    private final KeyValueStore<String, WebhookSwitch> disabled;

    Stored(ProcessorContext<?, ?> context) {
        told = context.getStateStore(WebhookTopology.TOLD);
        disabled = context.getStateStore(WebhookTopology.DISABLED);
    }

    void each(BiConsumer<String, Told> action) {
        try (KeyValueIterator<String, WebhookState> all = told.all()) {
            all.forEachRemaining(entry -> action.accept(entry.key, Told.read(entry.value)));
        }
    }

    Told told(String key) {
        WebhookState stored = told.get(key);
        return stored == null ? Told.NOTHING : Told.read(stored);
    }

    void keep(String key, Told next) {
        told.put(key, next.record());
    }

    /**
     * Drops what is kept only to know a repeated event again.
     *
     * @param now milliseconds since the epoch
     */
    void forget(long now) {
        List<String> old = new ArrayList<>();
        each((key, its) -> {
            Duration kept = its.ended() || its.types().isEmpty() ? ENDED_KEPT : SILENT_KEPT;
            if (its.waiting().isEmpty() && its.touchedAt() < now - kept.toMillis()) {
                old.add(key);
            }
        });
        old.forEach(told::delete);
    }

    /** Null when messages go there. */
    @Nullable
    WebhookSwitch disabled(String target) {
        return disabled.get(target);
    }

    void turn(WebhookSwitch endpoint) {
        if (endpoint.getDisabled()) {
            disabled.put(endpoint.getTarget(), endpoint);
            return;
        }
        List<String> enabled = new ArrayList<>();
        try (KeyValueIterator<String, WebhookSwitch> all = disabled.all()) {
            all.forEachRemaining(entry -> {
                if (entry.key.equals(endpoint.getTarget()) || entry.key.startsWith(endpoint.getTarget() + "#")) {
                    enabled.add(entry.key);
                }
            });
        }
        enabled.forEach(disabled::delete);
    }
}
