package dev.unitymlops.runtime;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubling from {@code first} to {@code most}, plus up to {@code jitter} of it.
 *
 * @param jitter share of the delay that is added at most, 0 to 1
 */
public record Backoff(Duration first, Duration most, double jitter) {
    public Backoff {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0 || jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException("a back-off of " + first + " to " + most + " with jitter " + jitter);
        }
    }

    /**
     * The delay after a number of failures in a row.
     *
     * @param failures from 1
     */
    public Duration after(int failures, RandomGenerator random) {
        if (failures < 1) {
            throw new IllegalArgumentException("failures are counted from 1, not " + failures);
        }
        double doubled = first.toMillis() * Math.pow(2, Math.min(failures - 1, 62));
        double bounded = Math.min(doubled, (double) most.toMillis());
        return Duration.ofMillis((long) (bounded * (1 + jitter * random.nextDouble())));
    }
}
