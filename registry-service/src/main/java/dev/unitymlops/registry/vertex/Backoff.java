package dev.unitymlops.registry.vertex;

import com.google.api.gax.retrying.RetrySettings;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a call is tried and how long is waited between two tries: doubling, with a jitter of up to a quarter.
 *
 * @param tries in all, within one attempt of the stage, which has attempts of its own
 */
record Backoff(int tries, Duration first, Duration longest) {

    static final Backoff DEFAULT = new Backoff(6, Duration.ofMillis(500), Duration.ofSeconds(15));

    /** The same for a client that repeats by itself. */
    RetrySettings settings(Duration callTimeout) {
        return RetrySettings.newBuilder()
                .setMaxAttempts(tries)
                .setInitialRetryDelayDuration(first)
                .setRetryDelayMultiplier(2)
                .setMaxRetryDelayDuration(longest)
                .setInitialRpcTimeoutDuration(callTimeout)
                .setMaxRpcTimeoutDuration(callTimeout)
                .setTotalTimeoutDuration(callTimeout.multipliedBy(tries))
                .build();
    }

    /** @param tried how many tries there were, from 1 */
    Duration after(int tried) {
        long doubled = first.toMillis() << Math.min(tried - 1, 20);
        long millis = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 4 + 1));
    }
}
