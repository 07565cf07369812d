package dev.unitymlops.cli.events;

import dev.unitymlops.events.ModelPromoted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as {@code --json} shows it.
 *
 * @param attempt null where the event tells of no attempt
 */
public record EventRow(
        String topic,
        int partition,
        long offset,
        Instant time,
        String type,
        int run,
        @Nullable Integer attempt) {
    /** The row of an event; that of a model-promoted is a {@link PromotionRow}. */
    public static Record ofAny(JobEvent event) {
        return event.value() instanceof ModelPromoted promoted ? PromotionRow.of(event, promoted) : of(event);
    }

    /** The row of any other. */
    public static EventRow of(JobEvent event) {
        return new EventRow(
                event.topic(),
                event.partition(),
                event.offset(),
                event.time(),
                event.type(),
                event.run(),
                event.attempt());
    }
}
