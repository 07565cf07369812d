package dev.unitymlops.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Drives a line: one job at a time for latency, many in flight for throughput. */
final class Drive {

    private static final long STUCK_NANOS = 60_000_000_000L;

    private final Line line;
    private final String prefix;
    private int next;

    Drive(Line line, String prefix) {
        this.line = line;
        this.prefix = prefix;
    }

    /**
     * What a round measured.
     *
     * @param jobsPerSecond jobs out per second over the whole round
     * @param latencies from the put to the record at the other end
     */
    record Round(double jobsPerSecond, Latencies latencies) {}

    /** Keeps so many jobs in flight until all are out. */
    Round round(int jobs, int inFlight) throws InterruptedException {
        Map<String, Long> started = new HashMap<>();
        long[] nanos = new long[jobs];
        int put = 0;
        int out = 0;
        long begin = System.nanoTime();
        long last = begin;
        while (out < jobs) {
            while (put < jobs && started.size() < inFlight) {
                String id = prefix + next++;
                started.put(id, System.nanoTime());
                line.put(id);
                put++;
            }
            Set<String> done = line.take();
            long now = System.nanoTime();
            for (String id : done) {
                Long since = started.remove(id);
                if (since != null) {
                    nanos[out++] = now - since;
                    last = now;
                }
            }
            if (now - last > STUCK_NANOS) {
                throw new IllegalStateException("nothing came out for a minute; still inside: " + started.keySet());
            }
        }
        return new Round(jobs / ((System.nanoTime() - begin) / 1e9), Latencies.of(nanos));
    }
}
