package dev.unitymlops.registry.registration;

import dev.unitymlops.runtime.Backoff;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a call to a registry is tried.
 *
 * @param most in all, within one attempt of the stage, which has attempts of its own
 * @param between how long is waited between two of them
 */
public record Tries(int most, Backoff between) {

    public static final Tries DEFAULT = new Tries(6, new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15), 0.25));

    /** Whether there is another one after so many. */
    public boolean goOn(int tried) {
        return tried < most;
    }

    /** Waits before the next one; an interrupt ends it. */
    public void pause(int tried) throws InterruptedException {
        Thread.sleep(between.after(tried, ThreadLocalRandom.current()));
    }
}
