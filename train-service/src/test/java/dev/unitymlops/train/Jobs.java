package dev.unitymlops.train;

import dev.unitymlops.events.AssetSpec;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.TrainingJob;
import java.util.function.Consumer;

/** Jobs for tests. */
public final class Jobs {

    private Jobs() {}

    /** The guide's quick start: the original's defaults throughout, but for what the changes set. */
    public static TrainingJob job(Consumer<RlConfig> changes) {
        RlConfig config = RlConfig.newBuilder().build();
        changes.accept(config);
        return TrainingJob.newBuilder()
                .setJobId("job-1")
                .setAssetSpec(AssetSpec.newBuilder()
                        .setAssetId("reach")
                        .setName("Reach")
                        .setObservationSpace("{\"target_position\": 2}")
                        .setActionSpace("{\"type\": \"continuous\", \"size\": 2}")
                        .build())
                .setRlConfig(config)
                .setDryRun(false)
                .build();
    }
}
