package dev.unitymlops.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.CronDialect;
import dev.unitymlops.events.MissedTicks;
import dev.unitymlops.events.Overlap;
import dev.unitymlops.events.TrainingSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TicksTest {
    private static final Instant START = Instant.parse("2026-06-01T02:00:00Z");

    @Test
    void bothEndsAreTicks() {
        Ticks ticks = Ticks.of(schedule()
                .setStartsAt(START)
                .setEndsAt(START.plus(Duration.ofDays(1)))
                .build());
        assertThat(ticks.next(Instant.EPOCH)).contains(START);
        assertThat(ticks.next(START)).contains(START.plus(Duration.ofDays(1)));
        assertThat(ticks.next(START.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void theZoneCounts() {
        assertThat(Ticks.of(schedule().setTimeZone("Asia/Kathmandu").build()).next(START))
                .contains(Instant.parse("2026-06-01T20:15:00Z"));
    }

    @Test
    void jitterIsTheSameForTheSameTickAndSpreadOverOthers() {
        Ticks ticks = Ticks.of(schedule().setJitterSeconds(30).build());
        assertThat(ticks.jitterOf(START))
                .isEqualTo(Ticks.of(schedule().setJitterSeconds(30).build()).jitterOf(START));
        LongSummaryStatistics millis = LongStream.range(0, 2000)
                .map(day -> ticks.jitterOf(START.plus(Duration.ofDays(day))).toMillis())
                .summaryStatistics();
        assertThat(millis.getMin()).isBetween(0L, 500L);
        assertThat(millis.getMax()).isBetween(29_500L, 30_000L);
        assertThat(millis.getAverage()).isBetween(13_000.0, 17_000.0);
    }

    @Test
    void withoutJitterThereIsNone() {
        assertThat(Ticks.of(schedule().build()).jitterOf(START)).isZero();
    }

    @Test
    void idsOfTicksAndRequests() {
        assertThat(JobIds.ofTick("nightly", "guard", START)).isEqualTo("nightly-guard-20260601T020000Z");
        assertThat(JobIds.ofRequest("nightly", "guard", "0a1b2c3d-4e5f-4000-8000-000000000000"))
                .isEqualTo("nightly-guard-now-0a1b2c3d");
        assertThat(JobIds.longest("nightly", "guard"))
                .hasSizeGreaterThan(
                        JobIds.ofRequest("nightly", "guard", "0a1b2c3d").length());
        assertThatThrownBy(() -> JobIds.ofRequest("nightly", "guard", "A request"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("request_id");
    }

    private static TrainingSchedule.Builder schedule() {
        return TrainingSchedule.newBuilder()
                .setScheduleId("nightly")
                .setCronExpression("0 2 * * *")
                .setDialect(CronDialect.UNIX)
                .setMissedTicks(MissedTicks.LAST)
                .setOverlap(Overlap.ALLOW)
                .setJobs(List.of())
                .setRequestedAt(Instant.EPOCH);
    }
}
