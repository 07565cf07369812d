package dev.unitymlops.stage.coordinator;

import dev.unitymlops.events.RunOutcome;
import dev.unitymlops.events.StageInput;
import org.jspecify.annotations.Nullable;

/** What a stage knows of a job: its latest run, live or ended. A job the stage has not heard of has no state. */
public sealed interface JobState {

    /** The latest run the stage has heard of, from 1. */
    int run();

    /** Rises with every change that a reader of the stage's work topic can see. */
    long version();

    /** Of the job as the stage took it last; empty while it has taken none. */
    String contentHash();

    /**
     * A run that has not ended in this stage.
     *
     * @param attempt last attempt given out, 0 before the first; it only rises
     * @param used attempts that count against the job's limit
     * @param since when the run entered the stage, milliseconds since the epoch
     */
    record Live(int run, long version, StageInput input, int attempt, int used, long since, Phase phase)
            implements JobState {

        @Override
        public String contentHash() {
            return input.getContentHash();
        }

        Live in(Phase next) {
            return new Live(run, version + 1, input, attempt, used, since, next);
        }

        Live heldBy(String worker) {
            return new Live(run, version + 1, input, attempt + 1, used, since, new Held(worker, false));
        }

        Live withAttemptUsed() {
            return new Live(run, version, input, attempt, used + 1, since, phase);
        }

        /** The holder was heard for the first time; readers of the work topic need not know, so the version stays. */
        Live reported(Held holder) {
            return new Live(run, version, input, attempt, used, since, new Held(holder.worker(), true));
        }
    }

    /** Where a live run stands. */
    sealed interface Phase {}

    /** Free to be claimed. */
    record Queued() implements Phase {}

    /**
     * Given to a worker.
     *
     * @param reported whether the worker has reported on this attempt
     */
    record Held(String worker, boolean reported) implements Phase {}

    /** Backing off until the time, milliseconds since the epoch. */
    record Waiting(long until) implements Phase {}

    /** The holder has been asked to stop. */
    record Cancelling(String worker) implements Phase {}

    /**
     * A run that has ended in this stage.
     *
     * @param input kept where a retry may start from it: the run failed or was cancelled
     * @param at when it ended, milliseconds since the epoch
     */
    record Ended(
            int run,
            long version,
            RunOutcome outcome,
            String contentHash,
            @Nullable StageInput input,
            long at) implements JobState {}

    /**
     * A run that was cancelled before its input arrived.
     *
     * @param version 0 while the stage has taken no input of the job
     * @param contentHash of the run before it, so that its input is known when it comes again; empty where there is none
     */
    record CancelledAhead(int run, long version, String contentHash, long at) implements JobState {}
}
