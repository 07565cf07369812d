package dev.unitymlops.cli.schedules;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

class ScheduleRowTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");

    static {
        TrustedPackages.trust();
    }

    private static TrainingSchedule.Builder minutely() {
        return TrainingSchedule.newBuilder()
                .setScheduleId("a")
                .setCronExpression("* * * * *")
                .setDialect(CronDialect.UNIX)
                .setMissedTicks(MissedTicks.LAST)
                .setOverlap(Overlap.ALLOW)
                .setJobs(List.of(TrainingJob.newBuilder()
                        .setJobId("agent")
                        .setAssetSpec(AssetSpec.newBuilder()
                                .setAssetId("agent")
                                .setName("Agent1")
                                .setObservationSpace("{\"velocity\":2}")
                                .setActionSpace("{\"type\":\"continuous\",\"size\":2}")
                                .build())
                        .setRlConfig(RlConfig.newBuilder().build())
                        .build()))
                .setRequestedAt(Instant.EPOCH);
    }

    private static ScheduleRow row(TrainingSchedule.Builder schedule) {
        return ScheduleRow.of(new StoredSchedule(0, schedule.build()), null, NOW);
    }

    @Test
    void tells_the_next_tick() {
        assertThat(row(minutely()).state()).isEqualTo("dry");
        assertThat(row(minutely()).nextTick()).isEqualTo("2026-11-21T10:01:00Z");
    }

    @Test
    void a_definition_that_others_wrote_against_the_rules_is_shown_as_refused() {
        for (TrainingSchedule.Builder foreign : List.of(
                minutely().setCronExpression("every day"),
                minutely().setTimeZone("Mars/Olympus"),
                minutely().setDialect(CronDialect.UNKNOWN))) {
            assertThat(row(foreign).state()).isEqualTo("refused");
            assertThat(row(foreign).nextTick()).isNull();
        }
    }
}
