package dev.unitymlops.stage.worker;

import dev.unitymlops.events.WorkerPresence;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a worker that is there offers to queued jobs.
 *
 * @param labels a job's requirements must be among them
 * @param paused why it takes no job for now, null when it does
 */
public record WorkOffer(Set<String> labels, @Nullable String paused) {

    public WorkOffer {
        labels = Set.copyOf(labels);
    }

    /** Of a worker that is there; empty when it drains, because it will take no job any more. */
    public static Optional<WorkOffer> of(WorkerPresence worker) {
        return worker.getDraining()
                ? Optional.empty()
                : Optional.of(new WorkOffer(Set.copyOf(worker.getLabels()), worker.getPaused()));
    }

    boolean takes() {
        return paused == null;
    }
}
