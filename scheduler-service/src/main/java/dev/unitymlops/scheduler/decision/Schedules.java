package dev.unitymlops.scheduler.decision;

import static java.util.stream.Collectors.joining;

import dev.unitymlops.events.ScheduleAction;
import dev.unitymlops.events.ScheduleControl;
import dev.unitymlops.events.ScheduledJob;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.job.Where;
import dev.unitymlops.schedule.ScheduleRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All schedules, the places of their jobs and the jobs that wait: what follows from each thing that happens.
 *
 * <p>The same state, event and time give the same outputs. What happened before is taken over by {@link #replay}ing what
 * was kept. One thread.
 */
public final class Schedules {

    /** What our requests say of who asks. */
    public static final String REQUESTED_BY = "scheduler";

    /** Most ticks that are decided at once, so that a long outage is caught up in transactions of some size. */
    private static final int TICKS_OF_A_LOOK = 2_000;

    /** A schedule that claims to be older than that is taken to have been written then. */
    private static final Duration OLDEST_DEFINITION = Duration.ofDays(31);

    /** By then every event of a run that has ended was read: {@code job-progress} is kept for 7 days. */
    private static final Duration FREED_REMEMBERED = Duration.ofDays(8);

    /** After that no event can tell of the job's end any more: {@code job-failed} is kept for 30 days. */
    private static final Duration LONGEST_STAY = Duration.ofDays(31);

    private final Known known = new Known();
    private final Limits limits;

    public Schedules(Limits limits) {
        this.limits = limits;
    }

    /** Takes over what was kept, in any order. */
    public void replay(Output kept) {
        known.replay(kept);
    }

    public int schedules() {
        return known.schedules();
    }

    public int placesTaken() {
        return known.places.taken();
    }

    public int waiting() {
        return known.waiting.size();
    }

    /**
     * A new schedule, or another one in place of that id. Ticks up to {@code written} are the old one's: decided by it,
     * or skipped when the new one is paused.
     *
     * @throws Refused when it can never be fired
     */
    public List<Output> defined(TrainingSchedule definition, long version, Instant written, Instant now) {
        check(definition);
        Turn turn = new Turn(known, limits, now);
        Schedule old = known.latest(definition.getScheduleId());
        Instant since = undecided(old, since(written, now));
        if (definition.getEnabled()) {
            decideUntil(turn, definition.getScheduleId(), since);
        } else {
            skipUntil(turn, definition.getScheduleId(), since, "enabled=false", "the schedule was paused");
        }
        List<String> requests = old == null ? List.of() : old.requests();
        turn.add(new Output.KeepSchedule(
                definition.getScheduleId(), new Schedule(definition, version, since, requests, false)));
        turn.release();
        return turn.outputs();
    }

    private static void check(TrainingSchedule definition) {
        String problems = ScheduleRules.check(definition, Where.ELSEWHERE).stream()
                .map(problem -> problem.getField() + " = " + problem.getValue() + " " + problem.getMessage())
                .collect(joining("; "));
        if (!problems.isEmpty()) {
            throw new Refused(problems);
        }
    }

    /** Neither in the future, where a producer's clock may be, nor so long ago that catching up would not end. */
    private static Instant since(Instant written, Instant now) {
        Instant earliest = now.minus(OLDEST_DEFINITION);
        return written.isAfter(now) ? now : written.isBefore(earliest) ? earliest : written;
    }

    /** A definition may have been written just before a tick and be read after the old one had it. */
    private static Instant undecided(@Nullable Schedule old, Instant since) {
        return old != null && old.decidedUntil().isAfter(since) ? old.decidedUntil() : since;
    }

    /** No more ticks. Its jobs that wait are cancelled, those that run run on. */
    public List<Output> removed(String scheduleId, Instant written, Instant now) {
        Turn turn = new Turn(known, limits, now);
        skipUntil(turn, scheduleId, since(written, now), "", "the schedule was removed");
        Schedule schedule = known.schedule(scheduleId);
        if (schedule != null) {
            turn.cancelWaiting(scheduleId, "schedule " + scheduleId + " was removed", null);
            turn.add(new Output.KeepSchedule(scheduleId, schedule.remove()));
        }
        return turn.outputs();
    }

    /**
     * Somebody asks for something now; the same request again changes nothing.
     *
     * @throws Refused when it cannot be understood
     */
    public List<Output> asked(ScheduleControl control, Instant now) {
        if (control.getAction() != ScheduleAction.RUN_NOW) {
            throw new Refused("the action is of a newer version");
        }
        Turn turn = new Turn(known, limits, now);
        Tick.RunNow tick = new Tick.RunNow(control.getScheduleId(), control.getRequestedAt(), control.getRequestId());
        tick.check();
        Schedule schedule = known.schedule(control.getScheduleId());
        if (schedule == null) {
            turn.noSchedule(tick);
        } else if (!schedule.requests().contains(control.getRequestId())) {
            turn.runNow(schedule, tick);
        }
        return turn.outputs();
    }

    /** A job took or freed its place. Events of one job's runs may come in any order, and again. */
    public List<Output> told(ScheduledJob job, Instant now) {
        Turn turn = new Turn(known, limits, now);
        JobRun.placeAfter(known.places.of(job.getJobId()), job, now)
                .ifPresent(place -> turn.add(new Output.KeepPlace(job.getJobId(), place)));
        turn.release();
        return turn.outputs();
    }

    /** Decides what is due. */
    public List<Output> look(Instant now) {
        Turn turn = new Turn(known, limits, now);
        turn.releaseCancelled();
        for (int ticks = 0; ticks < TICKS_OF_A_LOOK; ticks++) {
            Agenda.Entry due = known.agenda.due(now);
            Schedule schedule = due == null ? null : known.schedule(due.scheduleId());
            if (due == null || schedule == null) {
                break;
            }
            turn.decide(schedule, due, due.latestAt(now));
        }
        return turn.outputs();
    }

    /** Drops what can make no difference any more. */
    public List<Output> forget(Instant now) {
        Turn turn = new Turn(known, limits, now);
        known.places
                .where(place -> place.at().isBefore(now.minus(place.taken() ? LONGEST_STAY : FREED_REMEMBERED)))
                .forEach(jobId -> turn.add(new Output.KeepPlace(jobId, null)));
        known.removedBefore(now.minus(OLDEST_DEFINITION))
                .forEach(scheduleId -> turn.add(new Output.KeepSchedule(scheduleId, null)));
        turn.release();
        return turn.outputs();
    }

    private void decideUntil(Turn turn, String scheduleId, Instant until) {
        skipTheOldest(turn, scheduleId, until, "", "the schedule was replaced, and later ones were due");
        Schedule schedule = known.schedule(scheduleId);
        Agenda.Entry next = known.agenda.of(scheduleId);
        while (schedule != null && next != null && !next.tick().isAfter(until)) {
            boolean latest =
                    next.following().isEmpty() || next.following().get().tick().isAfter(until);
            turn.decide(schedule, next, latest);
            schedule = known.schedule(scheduleId);
            next = known.agenda.of(scheduleId);
        }
    }

    private void skipUntil(Turn turn, String scheduleId, Instant until, String policy, String reason) {
        skipTheOldest(turn, scheduleId, until, policy, reason);
        Schedule schedule = known.schedule(scheduleId);
        Agenda.Entry next = known.agenda.of(scheduleId);
        while (schedule != null && next != null && !next.tick().isAfter(until)) {
            turn.skip(schedule, next, policy, reason);
            schedule = known.schedule(scheduleId);
            next = known.agenda.of(scheduleId);
        }
    }

    /** Ticks that one transaction has no room for are told as one; the others are left. */
    private void skipTheOldest(Turn turn, String scheduleId, Instant until, String policy, String reason) {
        Schedule schedule = known.schedule(scheduleId);
        if (schedule != null) {
            known.agenda
                    .oldest(scheduleId, until, TICKS_OF_A_LOOK)
                    .ifPresent(ticks -> turn.skip(schedule, ticks, policy, reason));
        }
    }
}
