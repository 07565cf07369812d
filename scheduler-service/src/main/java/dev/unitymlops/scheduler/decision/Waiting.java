package dev.unitymlops.scheduler.decision;

import dev.unitymlops.events.TrainingJob;

/**
 * A job of a fired tick that waits for a place.
 *
 * @param tick {@link Tick#name()} of the tick
 * @param job of the definition that the tick was decided by, whatever became of the schedule since
 * @param cancelled whether its cancellation was asked for: it is let go without a place, to end as cancelled
 */
public record Waiting(String scheduleId, String tick, TrainingJob job, boolean cancelled) {

    Waiting cancel() {
        return new Waiting(scheduleId, tick, job, true);
    }
}
