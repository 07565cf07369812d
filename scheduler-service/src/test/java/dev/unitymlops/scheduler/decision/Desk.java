package dev.unitymlops.scheduler.decision;

import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobPlace;
import dev.unitymlops.events.ScheduleAction;
import dev.unitymlops.events.ScheduleControl;
import dev.unitymlops.events.ScheduleTick;
import dev.unitymlops.events.ScheduledJob;
import dev.unitymlops.events.TickDecision;
import dev.unitymlops.events.TrainingSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link Schedules} with a hand-set time, what it keeps in maps and what it tells in lists. */
final class Desk {

    static final Instant START = Instant.parse("2026-11-21T10:00:30Z");

    final List<ScheduleTick> ticks = new ArrayList<>();
    final List<String> requested = new ArrayList<>();
    final List<JobControl> cancelled = new ArrayList<>();
    private final Kept kept = new Kept();
    private final Limits limits;
    private Schedules schedules;
    private Instant now = START;
    private long offset;

    Desk(int places) {
        limits = new Limits(places, Duration.ofMinutes(1));
        schedules = new Schedules(limits);
    }

    Instant now() {
        return now;
    }

    /** Time goes on, and it is looked what is due. */
    Desk at(String time) {
        return at(Instant.parse("2026-11-21T" + time + "Z"));
    }

    Desk at(Instant time) {
        now = time;
        return look();
    }

    /** Time goes on while nobody looks. */
    Desk down(String until) {
        now = Instant.parse("2026-11-21T" + until + "Z");
        return restart();
    }

    Desk look() {
        return took(schedules.look(now));
    }

    /** Everything that is not kept is lost. */
    Desk restart() {
        schedules = kept.replayed(limits);
        return this;
    }

    Desk add(TrainingSchedule.Builder definition) {
        return add(definition, now);
    }

    Desk add(TrainingSchedule.Builder definition, Instant written) {
        return took(schedules.defined(definition.build(), offset++, written, now));
    }

    Desk remove(String scheduleId) {
        return took(schedules.removed(scheduleId, now, now));
    }

    Desk runNow(String scheduleId, String requestId) {
        return took(
                schedules.asked(new ScheduleControl(scheduleId, ScheduleAction.RUN_NOW, requestId, "test", now), now));
    }

    Desk ended(String scheduleId, String jobId, int run) {
        return told(scheduleId, jobId, run, JobPlace.FREED);
    }

    Desk retried(String scheduleId, String jobId, int run) {
        return told(scheduleId, jobId, run, JobPlace.TAKEN);
    }

    Desk told(@Nullable String scheduleId, String jobId, int run, JobPlace place) {
        return took(schedules.told(new ScheduledJob(jobId, scheduleId, run, place, "test"), now));
    }

    Desk forget() {
        return took(schedules.forget(now));
    }

    Schedules schedules() {
        return schedules;
    }

    /** The ticks so far: the minute and what became of it. */
    List<String> told() {
        return told(tick -> tick.getTickAt().toString().substring(11, 16) + " " + said(tick));
    }

    <T> List<T> told(Function<ScheduleTick, T> what) {
        return ticks.stream().map(what).toList();
    }

    private static String said(ScheduleTick tick) {
        return tick.getDecision() == TickDecision.FIRED ? "fired" : tick.getPolicy();
    }

    /** What is told and not yet taken. */
    List<String> takeRequested() {
        List<String> taken = List.copyOf(requested);
        requested.clear();
        return taken;
    }

    private Desk took(List<Output> outputs) {
        kept.keep(outputs);
        for (Output output : outputs) {
            switch (output) {
                case Output.Ticked told -> ticks.add(told.event());
                case Output.Requested told ->
                    requested.add(told.event().getJob().getJobId());
                case Output.Cancelled told -> cancelled.add(told.event());
                case Output.KeepSchedule state -> {}
                case Output.KeepPlace state -> {}
                case Output.KeepWaiting state -> {}
            }
        }
        return this;
    }

    int kept() {
        return kept.size();
    }
}
