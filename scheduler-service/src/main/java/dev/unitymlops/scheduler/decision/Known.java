package dev.unitymlops.scheduler.decision;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that decisions rest on. Only {@link #replay} changes it, with what is kept as well. One thread. */
final class Known {

    final Agenda agenda = new Agenda();
    final Places places = new Places();
    final WaitingLine waiting = new WaitingLine();
    private final Map<String, Schedule> schedules = new HashMap<>();
    private final Map<String, Schedule> removed = new HashMap<>();

    void replay(Output output) {
        switch (output) {
            case Output.KeepSchedule kept -> put(kept.scheduleId(), kept.schedule());
            case Output.KeepPlace kept -> places.put(kept.jobId(), kept.place());
            case Output.KeepWaiting kept -> waiting.put(kept.number(), kept.job());
            case Output.Ticked told -> {}
            case Output.Requested told -> {}
            case Output.Cancelled told -> {}
        }
    }

    private void put(String scheduleId, @Nullable Schedule schedule) {
        removed.remove(scheduleId);
        if (schedule == null || schedule.removed()) {
            agenda.remove(scheduleId);
            schedules.remove(scheduleId);
            if (schedule != null) {
                removed.put(scheduleId, schedule);
            }
        } else {
            agenda.put(schedule);
            schedules.put(scheduleId, schedule);
        }
    }

    @Nullable
    Schedule schedule(String id) {
        return schedules.get(id);
    }

    /** The one of this id, or what is remembered of one that was removed. */
    @Nullable
    Schedule latest(String id) {
        Schedule schedule = schedules.get(id);
        return schedule == null ? removed.get(id) : schedule;
    }

    /** Ids of removed ones that have no tick after that instant. */
    List<String> removedBefore(Instant instant) {
        return removed.values().stream()
                .filter(schedule -> schedule.decidedUntil().isBefore(instant))
                .map(Schedule::id)
                .toList();
    }

    int schedules() {
        return schedules.size();
    }

    /** Jobs of a schedule that run or wait. */
    List<String> unfinished(String scheduleId) {
        return Stream.concat(
                        places.takenBy(scheduleId).stream(),
                        waiting.of(scheduleId).values().stream()
                                .filter(job -> !job.cancelled())
                                .map(job -> job.job().getJobId()))
                .toList();
    }

    /** Whether a job has been let go or waits: it is not to be requested again. */
    boolean isKnown(String jobId) {
        return places.of(jobId) != null || waiting.contains(jobId);
    }

    /** Whether one more job of the schedule may have a place. What runs of a removed schedule has no limit of its own. */
    boolean hasRoom(String scheduleId, int overAll) {
        Schedule schedule = schedules.get(scheduleId);
        int own = schedule == null ? Integer.MAX_VALUE : schedule.limit();
        return places.taken() < overAll && places.takenBy(scheduleId).size() < own;
    }
}
