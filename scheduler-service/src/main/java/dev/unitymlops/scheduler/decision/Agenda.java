package dev.unitymlops.scheduler.decision;

import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.schedule.Ticks;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The next tick of each enabled schedule, the first one due first. One thread. */
final class Agenda {

    private final Map<String, Calendar> calendars = new HashMap<>();
    private final Map<String, Entry> byId = new HashMap<>();
    private final TreeSet<Entry> byDue =
            new TreeSet<>(Comparator.comparing(Entry::due).thenComparing(Entry::scheduleId));

    /** Reading an expression costs more than its next tick, so it is read once per definition. */
    private record Calendar(TrainingSchedule definition, Ticks ticks) {
        Optional<Following> after(Instant instant) {
            return ticks.next(instant).map(tick -> new Following(tick, tick.plus(ticks.jitterOf(tick))));
        }
    }

    /**
     * A tick to come.
     *
     * @param due when it is to be decided: the tick and its jitter
     * @param following the tick after it
     */
    record Entry(String scheduleId, Instant tick, Instant due, Optional<Following> following) {
        /** Whether the one after it has not come yet. */
        boolean latestAt(Instant now) {
            return following.isEmpty() || following.get().due().isAfter(now);
        }
    }

    /** A tick and when it is due. */
    record Following(Instant tick, Instant due) {}

    /** Ticks one after the other, both ends included. */
    record Run(Instant first, Instant last, long count) {}

    /** Notes the first tick that is not decided. */
    void put(Schedule schedule) {
        Entry old = byId.remove(schedule.id());
        if (old != null) {
            byDue.remove(old);
        }
        Calendar known = calendars.get(schedule.id());
        boolean same = known != null && known.definition().equals(schedule.definition());
        Calendar calendar =
                known != null && same ? known : new Calendar(schedule.definition(), Ticks.of(schedule.definition()));
        calendars.put(schedule.id(), calendar);
        if (schedule.enabled()) {
            boolean isNextOne = same && old != null && old.tick().equals(schedule.decidedUntil());
            Optional<Following> first =
                    old != null && isNextOne ? old.following() : calendar.after(schedule.decidedUntil());
            first.ifPresent(next -> put(schedule.id(), next, calendar.after(next.tick())));
        }
    }

    private void put(String scheduleId, Following next, Optional<Following> following) {
        Entry entry = new Entry(scheduleId, next.tick(), next.due(), following);
        byId.put(scheduleId, entry);
        byDue.add(entry);
    }

    void remove(String scheduleId) {
        calendars.remove(scheduleId);
        Entry old = byId.remove(scheduleId);
        if (old != null) {
            byDue.remove(old);
        }
    }

    /** The schedule's next tick, or null. */
    @Nullable
    Entry of(String scheduleId) {
        return byId.get(scheduleId);
    }

    /** The schedule's ticks to come up to an instant, without the latest {@code left} of them; empty where none remain. */
    Optional<Run> oldest(String scheduleId, Instant until, int left) {
        Calendar calendar = calendars.get(scheduleId);
        Entry next = byId.get(scheduleId);
        if (calendar == null || next == null) {
            return Optional.empty();
        }
        Deque<Instant> latest = new ArrayDeque<>(left + 1);
        Optional<Run> oldest = Optional.empty();
        Optional<Instant> tick = Optional.of(next.tick());
        for (long count = 1; tick.isPresent() && !tick.get().isAfter(until); count++) {
            latest.add(tick.get());
            if (latest.size() > left) {
                oldest = Optional.of(new Run(next.tick(), latest.remove(), count - left));
            }
            tick = calendar.ticks().next(tick.get());
        }
        return oldest;
    }

    /** What is due at that time, the longest due first; null when nothing is. */
    @Nullable
    Entry due(Instant now) {
        return byDue.isEmpty() || byDue.first().due().isAfter(now) ? null : byDue.first();
    }
}
