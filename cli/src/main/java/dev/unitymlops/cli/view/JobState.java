package dev.unitymlops.cli.view;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a job, or a stage of it, stands. */
public enum JobState {
    /** Nobody works on it yet. */
    QUEUED,
    /** It waits for a worker that is not there. */
    UNSCHEDULABLE,
    RUNNING,
    /** An attempt has failed, the next one follows after a while. */
    WAITING,
    /** Somebody asked for its end. */
    CANCELLING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** It was never accepted. */
    REJECTED;

    /** Whether nothing more will happen by itself. */
    public boolean over() {
        return compareTo(SUCCEEDED) >= 0;
    }

    /** In lower case, as it is shown. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
