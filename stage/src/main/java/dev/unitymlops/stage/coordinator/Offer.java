package dev.unitymlops.stage.coordinator;

import dev.unitymlops.events.StageInput;

/** Free slots of the worker in the coordinator's own process, which may be granted a new job at once. */
public interface Offer {

    /** No worker in this process, or none that is free. */
    Offer NONE = new Offer() {
        @Override
        public boolean takes(StageInput input) {
            return false;
        }

        @Override
        public String worker() {
            throw new IllegalStateException("there is no worker to grant a job to");
        }
    };

    /** Whether the worker has a free slot, fits, and knows of nothing that waits for it. */
    boolean takes(StageInput input);

    /** The worker's id. */
    String worker();
}
