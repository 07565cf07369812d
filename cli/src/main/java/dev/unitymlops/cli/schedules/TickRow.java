package dev.unitymlops.cli.schedules;

import dev.unitymlops.events.ScheduleTick;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a tick, as {@code --json} shows it.
 *
 * @param definitionVersion version of the schedule that it was decided by
 * @param origin {@code cron} or {@code run_now}
 * @param tickAt the instant that the expression names, or of the request
 * @param decision {@code fired} or {@code skipped}
 * @param policy of a skipped one: which policy, as field=value
 * @param lateMillis how long after the tick it was decided
 */
record TickRow(
        String scheduleId,
        long definitionVersion,
        String origin,
        @Nullable String requestId,
        Instant tickAt,
        String decision,
        List<String> jobIds,
        @Nullable String policy,
        @Nullable String reason,
        List<String> runningJobIds,
        long lateMillis,
        @Nullable Instant nextTickAt,
        Instant decidedAt) {

    static TickRow of(ScheduleTick tick) {
        return new TickRow(
                tick.getScheduleId(),
                tick.getDefinitionVersion(),
                tick.getOrigin().name().toLowerCase(Locale.ROOT),
                tick.getRequestId(),
                tick.getTickAt(),
                tick.getDecision().name().toLowerCase(Locale.ROOT),
                tick.getJobIds(),
                emptyIsNull(tick.getPolicy()),
                emptyIsNull(tick.getReason()),
                tick.getRunningJobIds(),
                tick.getLateMillis(),
                tick.getNextTickAt(),
                tick.getDecidedAt());
    }

    private static @Nullable String emptyIsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** For people: the jobs, or why there are none. */
    String outcome() {
        return reason == null ? String.join(", ", jobIds) : reason + (policy == null ? "" : " (" + policy + ")");
    }
}
