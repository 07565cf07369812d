package dev.unitymlops.cli.queues;

import dev.unitymlops.events.Stage;
import java.util.Locale;

/**
 * Where a queued run of a job stands.
 *
 * @param position from 1, in the order in which the stage's jobs are taken
 * @param waiting how many wait in the stage, this one included
 */
public record QueuePlace(int run, Stage stage, int position, int waiting) {

    /** {@code build}, {@code train} or {@code registry}. */
    public String stageWord() {
        return stage.name().toLowerCase(Locale.ROOT);
    }
}
