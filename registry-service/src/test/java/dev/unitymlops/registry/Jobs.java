package dev.unitymlops.registry;

import dev.unitymlops.events.AssetSpec;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.TrainingJob;

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
}
