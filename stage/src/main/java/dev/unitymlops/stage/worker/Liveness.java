package dev.unitymlops.stage.worker;

import dev.unitymlops.events.WorkerPresence;
import java.time.Duration;
import java.time.Instant;

/** When a worker counts as there: it speaks every third of its lease, and is gone after two leases without a word. */
public final class Liveness {

    private static final int WORDS_PER_LEASE = 3;
    private static final int LEASES = 2;

    /** Of a worker that does not say: the default of {@code worker.lease}. */
    private static final Duration USUAL_LEASE = Duration.ofSeconds(30);

    private Liveness() {}

    /** How often a worker speaks. */
    static Duration period(Duration lease) {
        return lease.dividedBy(WORDS_PER_LEASE);
    }

    /** How long it may be silent. */
    static Duration patience(Duration lease) {
        return lease.multipliedBy(LEASES);
    }

    /** Whether a worker of which this is the last word is still there, by clocks that agree within a lease. */
    public static boolean isThere(WorkerPresence last, Instant now) {
        Long lease = last.getLeaseMs();
        Duration patience = patience(lease == null ? USUAL_LEASE : Duration.ofMillis(lease));
        return !last.getAt().plus(patience).isBefore(now);
    }
}
