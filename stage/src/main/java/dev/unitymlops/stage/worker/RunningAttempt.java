package dev.unitymlops.stage.worker;

import dev.unitymlops.events.StageWork;
import dev.unitymlops.stage.Attempt.Standing;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An attempt that this worker runs, as its loop and its thread share it. Thread-safe. */
final class RunningAttempt {

    private final String jobId;
    private final StageWork work;
    private final int slot;
    private final Instant since;
    private @Nullable Thread thread;
    private @Nullable StopReason stop;
    private boolean lost;

    RunningAttempt(String jobId, StageWork work, int slot, Instant since) {
        this.jobId = jobId;
        this.work = work;
        this.slot = slot;
        this.since = since;
    }

    String jobId() {
        return jobId;
    }

    /** The committed record that permitted the start. */
    StageWork work() {
        return work;
    }

    int run() {
        return work.getRun();
    }

    int number() {
        return work.getAttempt();
    }

    int slot() {
        return slot;
    }

    Instant since() {
        return since;
    }

    boolean is(StageWork other) {
        return other.getRun() == run() && other.getAttempt() == number();
    }

    /** The calling thread runs the attempt from now on; it is interrupted when a stop was asked for before. */
    synchronized void runsHere() {
        thread = Thread.currentThread();
        if (stop != null) {
            thread.interrupt();
        }
    }

    /** The attempt is over: a stop that comes now interrupts nobody. */
    synchronized void over() {
        thread = null;
    }

    /** Asks the attempt to stop; the first reason counts. */
    synchronized void stop(StopReason reason) {
        lost |= reason == StopReason.SUPERSEDED || reason == StopReason.ISOLATED;
        if (stop == null) {
            stop = reason;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    synchronized @Nullable StopReason stopReason() {
        return stop;
    }

    /** As far as the worker has read. */
    synchronized Standing standing() {
        return lost ? Standing.LOST : stop == StopReason.CANCELLED ? Standing.CANCELLED : Standing.HELD;
    }

    /** How long its children may take to end. */
    synchronized Duration stopGrace() {
        return stop == null ? StopReason.DRAINED.grace() : stop.grace();
    }
}
