package dev.unitymlops.schedule;

import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.schedule.cron.CronSchedule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** When a schedule fires: its expression in its zone, from {@code starts_at} to {@code ends_at}. Immutable. */
public final class Ticks {
    private final CronSchedule cron;
    private final String scheduleId;
    private final long jitterMillis;
    private final @Nullable Instant startsAt;
    private final @Nullable Instant endsAt;

    private Ticks(TrainingSchedule schedule, CronSchedule cron) {
        this.cron = cron;
        this.scheduleId = schedule.getScheduleId();
        this.jitterMillis = Math.multiplyExact(schedule.getJitterSeconds(), 1000);
        this.startsAt = schedule.getStartsAt();
        this.endsAt = schedule.getEndsAt();
    }

    /**
     * Of a schedule that {@link ScheduleRules} accepts; whether it is enabled is not looked at.
     *
     * @throws java.time.DateTimeException when the zone is not known
     * @throws IllegalArgumentException when the expression is not one of the dialect
     */
    public static Ticks of(TrainingSchedule schedule) {
        ZoneId zone = ZoneId.of(schedule.getTimeZone());
        return new Ticks(schedule, CronSchedule.parse(schedule.getCronExpression(), schedule.getDialect(), zone));
    }

    /** The first tick strictly after an instant, without jitter; empty when there is none any more. */
    public Optional<Instant> next(Instant after) {
        Instant from = startsAt != null && after.isBefore(startsAt) ? startsAt.minusNanos(1) : after;
        return cron.next(from).filter(tick -> endsAt == null || !tick.isAfter(endsAt));
    }

    /** How long after the tick it is due: 0 to {@code jitter_seconds}, always the same for the same schedule and tick. */
    public Duration jitterOf(Instant tick) {
        CRC32C chance = new CRC32C();
        chance.update((scheduleId + "@" + tick.getEpochSecond()).getBytes(StandardCharsets.UTF_8));
        return Duration.ofMillis(chance.getValue() % (jitterMillis + 1));
    }
}
