package dev.unitymlops.scheduler;

import dev.unitymlops.events.AssetSpec;
import dev.unitymlops.events.CronDialect;
import dev.unitymlops.events.MissedTicks;
import dev.unitymlops.events.Overlap;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.schemas.TrustedPackages;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Schedules for tests. */
public final class Definitions {

    static {
        TrustedPackages.trust();
    }

    private Definitions() {}

    /** Every minute, one asset called {@code agent}, everything else by default. */
    public static TrainingSchedule.Builder minutely(String id) {
        return TrainingSchedule.newBuilder()
                .setScheduleId(id)
                .setCronExpression("* * * * *")
                .setDialect(CronDialect.UNIX)
                .setMissedTicks(MissedTicks.LAST)
                .setOverlap(Overlap.ALLOW)
                .setJobs(jobs("agent"))
                .setRequestedBy("test")
                .setRequestedAt(Instant.EPOCH);
    }

    /** Every second of the wall clock. */
    public static TrainingSchedule.Builder secondly(String id) {
        return minutely(id).setDialect(CronDialect.QUARTZ).setCronExpression("* * * * * ?");
    }

    public static List<TrainingJob> jobs(String... assetIds) {
        return Stream.of(assetIds)
                .map(asset -> TrainingJob.newBuilder()
                        .setJobId(asset)
                        .setAssetSpec(AssetSpec.newBuilder()
                                .setAssetId(asset)
                                .setName("Agent1")
                                .setObservationSpace("{\"velocity\":2}")
                                .setActionSpace("{\"type\":\"continuous\",\"size\":2}")
                                .build())
                        .setRlConfig(RlConfig.newBuilder().build())
                        .build())
                .toList();
    }
}
