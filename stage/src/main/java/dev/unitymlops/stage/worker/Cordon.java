package dev.unitymlops.stage.worker;

import dev.unitymlops.events.Stage;
import dev.unitymlops.events.WorkerCordon;
import dev.unitymlops.stage.worker.Pauses.Pause;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was said of a stage's workers on a host: whether they are to take new work. Used on the worker's thread. */
public final class Cordon {

    private final String place;
    private final Pause pause;

    /**
     * Of one worker.
     *
     * @param place as {@link #place}
     */
    Cordon(String place, Pause pause) {
        this.place = place;
        this.pause = pause;
    }

    /** The workers of a stage on a host, such as {@code rig-7/train}: the key of their cordon. */
    public static String place(String host, Stage stage) {
        return host + "/" + stage.name().toLowerCase(Locale.ROOT);
    }

    /** Such as {@code cordoned by anna: driver update}. */
    public static String words(WorkerCordon cordon) {
        return "cordoned by " + cordon.getRequestedBy()
                + (cordon.getReason().isBlank() ? "" : ": " + cordon.getReason());
    }

    /** The last word about a place: null when its workers are to take work. */
    void heard(String where, @Nullable WorkerCordon cordon) {
        if (!where.equals(place)) {
            return;
        }
        if (cordon == null) {
            pause.lift();
        } else {
            pause.set(words(cordon));
        }
    }
}
