package dev.unitymlops.stage.coordinator;

/** The worker in the coordinator's own process, which may be granted a new job without a claim. Thread-safe. */
public interface LocalWorker {

    /** A process that coordinates only. */
    LocalWorker NONE = new LocalWorker() {
        @Override
        public Offer offer() {
            return Offer.NONE;
        }

        @Override
        public void granted(int partition, String jobId, int attempt) {
            throw new IllegalStateException("nothing was offered");
        }

        @Override
        public void forget(int partition) {}
    };

    /** What the worker offers now. */
    Offer offer();

    /** A decision gave the job to the worker; it counts as a taken slot until the worker reads the committed record. */
    void granted(int partition, String jobId, int attempt);

    /** Decisions of this partition's task may have been rolled back: its grants no longer count. */
    void forget(int partition);
}
