package dev.unitymlops.stage;

import org.jspecify.annotations.Nullable;

/** Where an attempt tells how it gets on. Thread-safe; never blocks on the broker and never fails the attempt. */
public interface Progress {

    /** A phase began, for example "code generated" or "building". */
    default void phase(String phase) {
        report(new Update(phase, null, null, null, null, null, null));
    }

    /** A phase began, with a line for people. */
    default void phase(String phase, String message) {
        report(new Update(phase, null, null, null, null, null, message));
    }

    void report(Update update);

    /**
     * How far an attempt is.
     *
     * @param step trainer steps done
     * @param maxStep trainer steps to do
     * @param meanReward mean cumulative reward per episode at the last summary
     * @param stepsPerSecond trainer steps per second
     * @param etaSeconds estimated seconds to the end of the stage
     * @param message a line for people
     */
    record Update(
            String phase,
            @Nullable Long step,
            @Nullable Long maxStep,
            @Nullable Double meanReward,
            @Nullable Double stepsPerSecond,
            @Nullable Long etaSeconds,
            @Nullable String message) {}
}
