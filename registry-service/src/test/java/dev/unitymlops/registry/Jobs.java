package dev.unitymlops.registry;

import dev.unitymlops.events.AssetSpec;
import dev.unitymlops.events.BuildFacts;
import dev.unitymlops.events.ModelFile;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.events.TrainingFacts;
import dev.unitymlops.events.TrainingJob;
import java.time.Instant;
import java.util.List;

/** Jobs for tests. */
public final class Jobs {

    public static final String FOUR_NUMBERS = "{\"position\": 2, \"velocity\": 2}";
    public static final String TWO_CONTINUOUS = "{\"type\": \"continuous\", \"size\": 2}";

    private Jobs() {}

    /** A real job whose model has one input of four numbers and two continuous actions. */
    public static TrainingJob continuous() {
        return of(FOUR_NUMBERS, TWO_CONTINUOUS);
    }

    public static TrainingJob of(String observationSpace, String actionSpace) {
        return TrainingJob.newBuilder()
                .setJobId("job-1")
                .setAssetSpec(AssetSpec.newBuilder()
                        .setAssetId("asset-1")
                        .setName("Reach")
                        .setObservationSpace(observationSpace)
                        .setActionSpace(actionSpace)
                        .build())
                .setRlConfig(RlConfig.newBuilder().build())
                .setDryRun(false)
                .build();
    }

    /** The training of a job, which ended at {@code at} with these models and told no metrics. */
    static TrainingCompleted trained(TrainingJob job, Instant at, ModelFile... models) {
        return TrainingCompleted.newBuilder()
                .setJobId(job.getJobId())
                .setRun(1)
                .setAttempt(1)
                .setContentHash("c".repeat(64))
                .setDryRun(job.getDryRun())
                .setStartedAt(at)
                .setCompletedAt(at)
                .setArtifacts("file:///artifacts")
                .setJob(job)
                .setBuild(BuildFacts.newBuilder()
                        .setRun(1)
                        .setAttempt(1)
                        .setArtifacts("file:///artifacts")
                        .setBehaviourOrigin("template")
                        .build())
                .setTraining(TrainingFacts.newBuilder()
                        .setRun(1)
                        .setAttempt(1)
                        .setArtifacts("file:///artifacts")
                        .setSeed(42)
                        .setModels(List.of(models))
                        .build())
                .build();
    }
}
