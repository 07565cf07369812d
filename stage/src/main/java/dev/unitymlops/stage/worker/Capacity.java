package dev.unitymlops.stage.worker;

import dev.unitymlops.events.StageInput;
import dev.unitymlops.stage.coordinator.LocalWorker;
import dev.unitymlops.stage.coordinator.Offer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts a worker's slots: taken by a running attempt, asked for by a claim, or granted by the coordinator of the same
 * process and not yet read back. Thread-safe: the worker's loop, its attempts and the coordinator's threads use it.
 */
final class Capacity implements LocalWorker {

    private final String worker;
    private final int slots;
    private final Set<String> labels;
    private final Pauses pauses;
    private final Quotas quotas;
    private final Set<Integer> taken = new HashSet<>();
    private final Map<String, Long> claims = new HashMap<>();
    private final Map<String, Integer> grants = new HashMap<>();
    private boolean waiting;
    private boolean open;
    private boolean shut;

    Capacity(String worker, int slots, Set<String> labels, Pauses pauses, Quotas quotas) {
        this.worker = worker;
        this.slots = slots;
        this.labels = Set.copyOf(labels);
        this.pauses = pauses;
        this.quotas = quotas;
    }

    /** From now on jobs are taken. */
    synchronized void open() {
        open = !shut;
    }

    /** From now on no job is taken, even if the worker has yet to open. */
    synchronized void shut() {
        open = false;
        shut = true;
    }

    synchronized boolean isOpen() {
        return open;
    }

    boolean fits(List<String> requires) {
        return labels.containsAll(requires);
    }

    synchronized int free() {
        return takes() ? Math.max(0, slots - taken.size() - claims.size() - grants.size()) : 0;
    }

    private boolean takes() {
        return open && !pauses.any();
    }

    /** Whether a slot is free while a job waits for one. */
    synchronized boolean wants() {
        return waiting && free() > 0;
    }

    /** Takes a slot for an attempt this worker has been given; -1 when there is none. */
    synchronized int take(String jobId) {
        claims.remove(jobId);
        grants.remove(jobId);
        for (int slot = 0; takes() && slot < slots; slot++) {
            if (taken.add(slot)) {
                return slot;
            }
        }
        return -1;
    }

    synchronized void giveBack(int slot) {
        taken.remove(slot);
    }

    synchronized void claimed(String jobId, long version) {
        claims.put(jobId, version);
    }

    synchronized boolean hasClaimed(String jobId) {
        return claims.containsKey(jobId);
    }

    /** Jobs that were claimed and have not been heard of since. */
    synchronized Set<String> outstanding() {
        return Set.copyOf(claims.keySet());
    }

    /** The job's state has changed or it has ended: a claim on an older version or a grant that did not come true is void. */
    synchronized void changed(String jobId, long version) {
        claims.computeIfPresent(jobId, (id, claimed) -> claimed < version ? null : claimed);
        grants.remove(jobId);
    }

    /** Whether a job waits that this worker could take: nothing overtakes it by a grant. */
    synchronized void waiting(boolean any) {
        waiting = any;
    }

    @Override
    public Offer offer() {
        return new Offer() {
            @Override
            public boolean takes(StageInput input) {
                return offers(input);
            }

            @Override
            public String worker() {
                return worker;
            }
        };
    }

    /** What has a limit goes through the queue: this worker cannot tell what is granted elsewhere at the same time. */
    private synchronized boolean offers(StageInput input) {
        return !waiting
                && fits(input.getRequires())
                && quotas.of(input.getProject()).isEmpty()
                && free() > 0;
    }

    @Override
    public synchronized void granted(int partition, String jobId, int attempt) {
        grants.put(jobId, partition);
    }

    @Override
    public synchronized void forget(int partition) {
        grants.values().removeIf(granting -> granting == partition);
    }
}
