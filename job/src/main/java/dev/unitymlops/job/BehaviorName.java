package dev.unitymlops.job;

import dev.unitymlops.events.TrainingJob;

/** The Unity Behavior Name: key of the trainer configuration and name of the model file, without {@code ?team=}. */
public final class BehaviorName {

    private BehaviorName() {}

    public static String of(TrainingJob job) {
        String explicit = job.getRlConfig().getBehaviorName();
        return explicit == null ? job.getAssetSpec().getName() : explicit;
    }
}
