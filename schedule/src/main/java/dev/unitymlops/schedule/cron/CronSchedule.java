package dev.unitymlops.schedule.cron;

import dev.unitymlops.events.CronDialect;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instants that a cron expression names in a time zone. Immutable; any thread may ask.
 *
 * <p>An expression whose hour field begins with {@code *} is an interval: it fires at every instant whose local time
 * matches, so an hour that comes twice fires twice and one that is left out does not fire. Any other is fixed: each of its
 * local times comes once a day, in a gap of the local time at the first moment after the gap, in an overlap at the first
 * occurrence; equal instants are one tick.
 */
public final class CronSchedule {
    /** Ticks are looked for in the years 1 to 9999. */
    private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-30T00:00:00Z");

    private final String expression;
    private final CronDialect dialect;
    private final ZoneId zone;
    private final ZoneRules rules;
    private final LocalTicks ticks;
    private final boolean interval;

    private CronSchedule(String expression, CronDialect dialect, ZoneId zone, Fields fields) {
        this.expression = expression;
        this.dialect = dialect;
        this.zone = zone;
        this.rules = zone.getRules();
        this.ticks = fields.ticks();
        this.interval = fields.interval();
    }

    /**
     * Reads an expression.
     *
     * @param expression five fields of unix, or six or seven of Quartz; {@code @daily} and its like in unix
     * @throws IllegalArgumentException when it is no such expression or can never fire, naming the wrong field
     */
    public static CronSchedule parse(String expression, CronDialect dialect, ZoneId zone) {
        return new CronSchedule(expression, dialect, zone, ReadExpression.read(expression, dialect));
    }

    /** The first tick strictly after an instant, or empty when there is none any more. */
    public Optional<Instant> next(Instant after) {
        if (!after.isBefore(LAST)) {
            return Optional.empty();
        }
        Instant from = after.isBefore(FIRST) ? FIRST : after;
        long second = from.getEpochSecond();
        return Optional.ofNullable(interval ? nextMatching(second + 1) : nextFixed(second));
    }

    /** Goes from one offset of the zone to the next; while an offset holds, local time is as even as the instants. */
    private @Nullable Instant nextMatching(long epochSecond) {
        Instant from = Instant.ofEpochSecond(epochSecond);
        LocalDateTime local = LocalDateTime.ofEpochSecond(epochSecond, 0, rules.getOffset(from));
        LocalDateTime found = ticks.atOrAfter(local);
        while (found != null) {
            Instant instant = found.toInstant(rules.getOffset(from));
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (change == null || instant.isBefore(change.getInstant())) {
                return instant;
            }
            from = change.getInstant();
            local = change.getDateTimeAfter();
            if (change.isOverlap() || found.isBefore(local)) {
                found = ticks.atOrAfter(local);
            }
        }
        return null;
    }

    /** Local times in order give instants in order, since the first occurrence counts. */
    private @Nullable Instant nextFixed(long epochSecond) {
        LocalDateTime found = ticks.atOrAfter(firstLocalAfter(Instant.ofEpochSecond(epochSecond)));
        while (found != null) {
            Instant instant = instantOf(found);
            if (instant.getEpochSecond() > epochSecond) {
                return instant;
            }
            found = ticks.atOrAfter(found.plusSeconds(1));
        }
        return null;
    }

    /** The local time from which on ticks are later than the instant: in a second occurrence, where the overlap ends. */
    private LocalDateTime firstLocalAfter(Instant instant) {
        ZoneOffset offset = rules.getOffset(instant);
        LocalDateTime local = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, offset);
        ZoneOffsetTransition change = rules.getTransition(local);
        boolean again = change != null && change.isOverlap() && offset.equals(change.getOffsetAfter());
        return again ? change.getDateTimeBefore() : local.plusSeconds(1);
    }

    private Instant instantOf(LocalDateTime local) {
        ZoneOffsetTransition change = rules.getTransition(local);
        return change != null && change.isGap() ? change.getInstant() : local.toInstant(rules.getOffset(local));
    }

    public String expression() {
        return expression;
    }

    public CronDialect dialect() {
        return dialect;
    }

    public ZoneId zone() {
        return zone;
    }

    /** The expression, its dialect and its zone. */
    @Override
    public String toString() {
        return expression + " (" + dialect + ", " + zone + ")";
    }
}
