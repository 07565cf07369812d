package dev.unitymlops.benchmarks;

import java.util.Arrays;

/** Durations of single jobs. Immutable. */
final class Latencies {

    private final long[] ascendingNanos;

    private Latencies(long[] ascendingNanos) {
        this.ascendingNanos = ascendingNanos;
    }

    /** Of durations in nanoseconds, in any order. */
    static Latencies of(long[] nanos) {
        long[] copy = nanos.clone();
        Arrays.sort(copy);
        return new Latencies(copy);
    }

    /** The given percentile in milliseconds, to a tenth. */
    double millis(double percentile) {
        int index = (int) Math.ceil(percentile / 100 * ascendingNanos.length) - 1;
        return Math.round(ascendingNanos[Math.max(0, index)] / 1e5) / 10.0;
    }
}
