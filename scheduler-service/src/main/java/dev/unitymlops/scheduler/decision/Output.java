package dev.unitymlops.scheduler.decision;

import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.ScheduleTick;
import org.jspecify.annotations.Nullable;

/** What follows from a decision: something to keep, or something to tell. */
public sealed interface Output {

    /** Null where nothing is to be kept any more. */
    record KeepSchedule(String scheduleId, @Nullable Schedule schedule) implements Output {}

    /** Null where nothing is to be kept any more. */
    record KeepPlace(String jobId, @Nullable Place place) implements Output {}

    /**
     * Null where it waits no more.
     *
     * @param number its place in the queue, from 0
     */
    record KeepWaiting(long number, @Nullable Waiting job) implements Output {}

    /**
     * To {@code schedule-ticks}.
     *
     * @param tick {@link Tick#name()}
     */
    record Ticked(String tick, ScheduleTick event) implements Output {}

    /** To {@code job-requested}, as a consequence of that tick. */
    record Requested(String tick, JobRequested event) implements Output {}

    /** To {@code job-control}, as a consequence of that tick. */
    record Cancelled(String tick, JobControl event) implements Output {}
}
