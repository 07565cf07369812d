package dev.unitymlops.stage;

import dev.unitymlops.events.AssetSpec;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.Requirements;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.schemas.TrustedPackages;
import java.util.List;
import java.util.Map;

/** Jobs that tell {@link DryBuilds} what to do. */
public final class Requests {

    static {
        TrustedPackages.trust();
    }

    private Requests() {}

    /**
     * A valid dry job.
     *
     * @param todo what its handler does, empty for the plain way
     */
    public static TrainingJob job(String id, String todo) {
        return TrainingJob.newBuilder()
                .setJobId(id)
                .setAssetSpec(AssetSpec.newBuilder()
                        .setAssetId("asset-1")
                        .setName("Agent1")
                        .setObservationSpace("{\"velocity\":2}")
                        .setActionSpace("{\"type\":\"continuous\",\"size\":2}")
                        .build())
                .setRlConfig(RlConfig.newBuilder().build())
                .setMetadata(Map.of("do", todo))
                .build();
    }

    /** The same job, for workers with these labels. */
    public static TrainingJob requiring(TrainingJob job, String... labels) {
        job.setRequires(Requirements.newBuilder().setBuild(List.of(labels)).build());
        return job;
    }

    public static JobRequested of(TrainingJob job) {
        return JobRequested.newBuilder().setJob(job).build();
    }
}
