package dev.unitymlops.trainerenv;

import java.nio.file.Path;
import java.time.Duration;

/** Told how the making of an environment goes on, from the thread that makes it, except {@link #output}: from the one that reads the child. */
public interface ProgressListener {
    /** Another process makes the same environment; this one goes on when that one has ended. */
    void waiting(Path lock);

    /**
     * A step begins.
     *
     * @param number from 1
     * @param of how many steps there are in all
     */
    void started(Step step, int number, int of);

    void output(Step step, String line);

    void finished(Step step, Duration took);
}
