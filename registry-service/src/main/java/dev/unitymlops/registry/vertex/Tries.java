package dev.unitymlops.registry.vertex;

import com.google.api.gax.retrying.RetrySettings;
import dev.unitymlops.runtime.Backoff;
import java.time.Duration;

/**
 * How often a call is tried.
 *
 * @param most in all, within one attempt of the stage, which has attempts of its own
 * @param between how long is waited between two of them
 */
record Tries(int most, Backoff between) {

    static final Tries DEFAULT = new Tries(6, new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15), 0.25));

    /** The same for a client that repeats by itself. */
    RetrySettings settings(Duration callTimeout) {
        return RetrySettings.newBuilder()
                .setMaxAttempts(most)
                .setInitialRetryDelayDuration(between.first())
                .setRetryDelayMultiplier(2)
                .setMaxRetryDelayDuration(between.most())
                .setInitialRpcTimeoutDuration(callTimeout)
                .setMaxRpcTimeoutDuration(callTimeout)
                .setTotalTimeoutDuration(callTimeout.multipliedBy(most))
                .build();
    }
}
