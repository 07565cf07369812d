package dev.unitymlops.scheduler.decision;

import java.util.List;

/** What becomes of a tick. */
sealed interface Verdict {

    /** Jobs of the schedule that had not ended, where the overlap policy looked at them. */
    List<String> unfinished();

    /**
     * Its jobs are requested.
     *
     * @param cancel whether the unfinished ones are to be cancelled
     */
    record Fire(boolean cancel, List<String> unfinished) implements Verdict {}

    /**
     * It has no jobs.
     *
     * @param policy {@code <field>=<value>} of the schedule; empty where there is none
     * @param reason why, in words
     */
    record Skip(String policy, String reason, List<String> unfinished) implements Verdict {}
}
