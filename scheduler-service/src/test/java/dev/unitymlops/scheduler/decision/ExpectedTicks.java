package dev.unitymlops.scheduler.decision;

import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.schedule.Ticks;
import dev.unitymlops.testkit.cron.MinuteByMinute;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ticks that one schedule is to have and what the rules of {@code README.md} say of each, told by {@link MinuteByMinute}. */
final class ExpectedTicks {

    static final Duration MISSED_AFTER = Duration.ofMinutes(1);

    private static final Duration AHEAD = Duration.ofHours(12);

    private final Deque<Instant> undecided = new ArrayDeque<>();
    private @Nullable Epoch epoch;
    private Instant decidedUntil = Instant.MIN;
    private Instant scannedUntil = Instant.MIN;

    /** While a definition is in force. */
    private record Epoch(TrainingSchedule definition, long version, MinuteByMinute matcher, Ticks ticks) {
        Instant due(Instant tick) {
            return tick.plus(ticks.jitterOf(tick));
        }

        boolean bounds(Instant tick) {
            Instant starts = definition.getStartsAt();
            Instant ends = definition.getEndsAt();
            return (starts == null || !tick.isBefore(starts)) && (ends == null || !tick.isAfter(ends));
        }
    }

    /**
     * A tick, before anybody looks at jobs.
     *
     * @param skippedBy the policy that skips it, empty where it is none's; null when it fires
     */
    record Expected(
            Instant tick,
            long version,
            TrainingSchedule definition,
            @Nullable String skippedBy) {}

    @Nullable
    TrainingSchedule definition() {
        return epoch == null ? null : epoch.definition();
    }

    long version() {
        return epoch == null ? -1 : epoch.version();
    }

    /** When the next tick is due, if not later than {@code until}. */
    @Nullable
    Instant nextDue(Instant until) {
        Instant next = next(until);
        Instant due = next == null || epoch == null ? null : epoch.due(next);
        return due == null || due.isAfter(until) ? null : due;
    }

    private @Nullable Instant next(Instant until) {
        scan(until);
        return undecided.peekFirst();
    }

    /** The next tick, which is due; null when it is not. */
    @Nullable
    Expected due(Instant now) {
        if (epoch == null || nextDue(now) == null) {
            return null;
        }
        Instant tick = decided();
        return judged(epoch, tick, nextDue(now) != null, now);
    }

    /** The next tick, which belongs to a definition that is replaced by one that was written then; null when none is left. */
    @Nullable
    Expected before(Instant written, Instant now) {
        if (epoch == null || !isUpTo(written)) {
            return null;
        }
        Instant tick = decided();
        return judged(epoch, tick, isUpTo(written), now);
    }

    /** As {@link #before}, where the schedule is paused or removed. */
    @Nullable
    Expected dropped(Instant written, String policy) {
        return epoch == null || !isUpTo(written)
                ? null
                : new Expected(decided(), epoch.version(), epoch.definition(), policy);
    }

    private boolean isUpTo(Instant instant) {
        Instant next = next(instant);
        return next != null && !next.isAfter(instant);
    }

    private Instant decided() {
        decidedUntil = undecided.removeFirst();
        return decidedUntil;
    }

    private static Expected judged(Epoch epoch, Instant tick, boolean laterOne, Instant now) {
        boolean late = Duration.between(epoch.due(tick), now).compareTo(MISSED_AFTER) > 0;
        TrainingSchedule definition = epoch.definition();
        Duration window = Duration.ofSeconds(definition.getMissedWindowSeconds());
        boolean skipped = (late || laterOne)
                && switch (definition.getMissedTicks()) {
                    case SKIP -> true;
                    case LAST -> laterOne;
                    case ALL -> Duration.between(tick, now).compareTo(window) > 0;
                    case UNKNOWN -> throw new IllegalArgumentException();
                };
        String policy = "missed_ticks=" + definition.getMissedTicks().name().toLowerCase(Locale.ROOT);
        return new Expected(tick, epoch.version(), definition, skipped ? policy : null);
    }

    /** Another definition is in force; no tick that was decided comes again. */
    void define(TrainingSchedule definition, long version, Instant written) {
        undecided.clear();
        decidedUntil = written.isAfter(decidedUntil) ? written : decidedUntil;
        scannedUntil = decidedUntil.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        ZoneId zone = ZoneId.of(definition.getTimeZone());
        epoch = new Epoch(
                definition, version, new MinuteByMinute(definition.getCronExpression(), zone), Ticks.of(definition));
    }

    void remove() {
        undecided.clear();
        epoch = null;
    }

    private void scan(Instant until) {
        if (epoch != null && epoch.definition().getEnabled() && !scannedUntil.isAfter(until)) {
            Instant to = until.truncatedTo(ChronoUnit.MINUTES).plus(AHEAD);
            epoch.matcher().between(scannedUntil, to).stream()
                    .filter(epoch::bounds)
                    .forEach(undecided::add);
            scannedUntil = to;
        }
    }
}
