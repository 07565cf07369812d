package dev.unitymlops.cli.schedules;

import dev.unitymlops.events.ScheduleTick;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.job.Where;
import dev.unitymlops.schedule.ScheduleRules;
import dev.unitymlops.schedule.Ticks;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as {@code --json} shows it.
 *
 * @param version offset of its definition's record
 * @param dialect {@code unix} or {@code quartz}
 * @param refused whether it breaks a rule, so that scheduler-service keeps to the definition before it
 * @param dryRun whether its jobs leave outside programs and the cloud alone
 * @param lastTick the latest that was decided, null before the first
 * @param nextTick when it fires next, without jitter; null while it is paused, where it is refused and when it never fires again
 */
record ScheduleRow(
        String scheduleId,
        long version,
        String cronExpression,
        String dialect,
        String timeZone,
        boolean enabled,
        boolean refused,
        boolean dryRun,
        List<String> assets,
        @Nullable Integer maxConcurrentJobs,
        String missedTicks,
        String overlap,
        long jitterSeconds,
        @Nullable Instant startsAt,
        @Nullable Instant endsAt,
        @Nullable TickRow lastTick,
        @Nullable Instant nextTick) {

    static ScheduleRow of(StoredSchedule stored, @Nullable ScheduleTick last, Instant now) {
        TrainingSchedule schedule = stored.schedule();
        boolean refused = !ScheduleRules.check(schedule, Where.ELSEWHERE).isEmpty();
        return new ScheduleRow(
                schedule.getScheduleId(),
                stored.version(),
                schedule.getCronExpression(),
                word(schedule.getDialect()),
                schedule.getTimeZone(),
                schedule.getEnabled(),
                refused,
                schedule.getJobs().stream().anyMatch(TrainingJob::getDryRun),
                schedule.getJobs().stream()
                        .map(job -> job.getAssetSpec().getAssetId())
                        .toList(),
                schedule.getMaxConcurrentJobs(),
                word(schedule.getMissedTicks()),
                word(schedule.getOverlap()),
                schedule.getJitterSeconds(),
                schedule.getStartsAt(),
                schedule.getEndsAt(),
                last == null ? null : TickRow.of(last),
                schedule.getEnabled() && !refused ? Ticks.of(schedule).next(now).orElse(null) : null);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For people. */
    String state() {
        if (refused) {
            return "refused";
        }
        if (!enabled) {
            return "paused";
        }
        return nextTick == null ? "over" : dryRun ? "dry" : "on";
    }
}
