package dev.unitymlops.registry;

import dev.unitymlops.events.TrainingJob;

/** The name that people see in a registry. */
final class DisplayName {

    private DisplayName() {}

    /** What the job says, else the original's {@code <asset name>-<job id>}. */
    static String of(TrainingJob job) {
        String given = job.getVertexModelDisplayName();
        return given == null ? job.getAssetSpec().getName() + "-" + job.getJobId() : given;
    }
}
