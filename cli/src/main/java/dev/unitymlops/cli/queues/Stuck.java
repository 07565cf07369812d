package dev.unitymlops.cli.queues;

import dev.unitymlops.events.Stage;
import dev.unitymlops.stage.worker.Unschedulable;
import java.util.List;
import java.util.Locale;

/** A queued run of a job that no live worker could take. */
public record Stuck(String jobId, int run, Stage stage, Unschedulable why) {

    /** {@code build}, {@code train} or {@code registry}. */
    public String stageWord() {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    /** Labels that it lacks; empty when no worker of the stage is there at all, or those that would fit are paused. */
    public List<String> missing() {
        return why.missing();
    }

    /** Why workers that would fit take no job for now; empty when none would fit. */
    public List<String> paused() {
        return why.paused();
    }

    /** Such as {@code no live train worker offers all that it requires; missing: gpu}. */
    public String message() {
        if (!paused().isEmpty()) {
            return "each live " + stageWord() + " worker that would fit is paused: " + String.join(", ", paused());
        }
        return missing().isEmpty()
                ? "no " + stageWord() + " worker is live"
                : "no live " + stageWord() + " worker offers all that it requires; missing: "
                        + String.join(", ", missing());
    }

    /** A line about it, as those of events. */
    public String text() {
        return String.format(Locale.ROOT, "%-10sunschedulable: %s", stageWord(), message());
    }
}
