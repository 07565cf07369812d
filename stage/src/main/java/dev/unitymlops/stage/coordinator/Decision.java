package dev.unitymlops.stage.coordinator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a command.
 *
 * @param next the job's state from now on; null: the stage has not heard of it
 * @param outputs records to publish, in this order
 * @param verdict what became of the command
 */
public record Decision(@Nullable JobState next, List<Output> outputs, Verdict verdict) {

    /** What became of a command. */
    public enum Verdict {
        /** It took effect. */
        APPLIED,
        /** The same input had arrived before. */
        DUPLICATE,
        /** It was refused and its producer told. */
        REJECTED,
        /** It speaks of an older run, an attempt that is over, a version that has changed, or asks for what cannot be. */
        STALE
    }

    public Decision {
        outputs = List.copyOf(outputs);
    }

    static Decision applied(JobState next, Output... outputs) {
        return new Decision(next, List.of(outputs), Verdict.APPLIED);
    }

    static Decision stale(@Nullable JobState state) {
        return new Decision(state, List.of(), Verdict.STALE);
    }
}
