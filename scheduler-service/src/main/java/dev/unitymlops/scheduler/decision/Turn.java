package dev.unitymlops.scheduler.decision;

import dev.unitymlops.events.ControlAction;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.ScheduleTick;
import dev.unitymlops.events.TickDecision;
import dev.unitymlops.events.TickOrigin;
import dev.unitymlops.events.TrainingJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What follows from one thing that happens, written down and replayed as it is decided. */
final class Turn {

    private static final long NO_SCHEDULE = -1;

    private final Known known;
    private final Limits limits;
    private final Instant now;
    private final List<Output> outputs = new ArrayList<>();

    Turn(Known known, Limits limits, Instant now) {
        this.known = known;
        this.limits = limits;
        this.now = now;
    }

    List<Output> outputs() {
        return outputs;
    }

    void add(Output output) {
        known.replay(output);
        outputs.add(output);
    }

    /** Decides the next tick of a schedule, and notes that it is decided. */
    void decide(Schedule schedule, Agenda.Entry next, boolean latest) {
        Tick.Cron tick = cron(schedule, next, latest);
        Verdict verdict = Judge.judge(schedule.definition(), tick, now, () -> known.unfinished(schedule.id()));
        add(new Output.KeepSchedule(schedule.id(), schedule.decidedUntil(next.tick())));
        carryOut(schedule, tick, verdict);
    }

    /** Skips the next tick of a schedule that is paused or removed. */
    void skip(Schedule schedule, Agenda.Entry next, String policy, String reason) {
        add(new Output.KeepSchedule(schedule.id(), schedule.decidedUntil(next.tick())));
        carryOut(schedule, cron(schedule, next, true), new Verdict.Skip(policy, reason, List.of()));
    }

    /** Skips many ticks of a schedule under the name of the last of them. */
    void skip(Schedule schedule, Agenda.Run ticks, String policy, String reason) {
        add(new Output.KeepSchedule(schedule.id(), schedule.decidedUntil(ticks.last())));
        String all = ticks.count() + " ticks from " + ticks.first() + " to " + ticks.last() + ": " + reason;
        Tick.Cron last = new Tick.Cron(schedule.id(), ticks.last(), true, false);
        carryOut(schedule, last, new Verdict.Skip(policy, all, List.of()));
    }

    private Tick.Cron cron(Schedule schedule, Agenda.Entry next, boolean latest) {
        boolean late = Duration.between(next.due(), now).compareTo(limits.missedAfter()) > 0;
        return new Tick.Cron(schedule.id(), next.tick(), late || !latest, latest);
    }

    void runNow(Schedule schedule, Tick.RunNow tick) {
        Verdict verdict = Judge.judge(schedule.definition(), tick, now, () -> known.unfinished(schedule.id()));
        add(new Output.KeepSchedule(schedule.id(), schedule.answered(tick.requestId())));
        carryOut(schedule, tick, verdict);
    }

    /** Answers a request for a schedule that is not there. */
    void noSchedule(Tick.RunNow tick) {
        add(new Output.Ticked(
                tick.name(),
                event(tick.scheduleId(), NO_SCHEDULE, tick)
                        .setDecision(TickDecision.SKIPPED)
                        .setReason("there is no schedule '" + tick.scheduleId() + "'")
                        .build()));
    }

    private void carryOut(Schedule schedule, Tick tick, Verdict verdict) {
        ScheduleTick.Builder event = event(schedule.id(), schedule.version(), tick)
                .setWebhookUrl(schedule.definition().getWebhookUrl())
                .setRunningJobIds(verdict.unfinished());
        switch (verdict) {
            case Verdict.Skip skip ->
                add(new Output.Ticked(
                        tick.name(),
                        event.setDecision(TickDecision.SKIPPED)
                                .setPolicy(skip.policy())
                                .setReason(skip.reason())
                                .build()));
            case Verdict.Fire fire -> {
                if (fire.cancel()) {
                    cancel(schedule.id(), "overlap=cancel-running of schedule " + schedule.id(), tick.name());
                }
                List<TrainingJob> jobs = schedule.definition().getJobs().stream()
                        .map(job -> tick.job(schedule.id(), job))
                        .toList();
                add(new Output.Ticked(
                        tick.name(),
                        event.setDecision(TickDecision.FIRED)
                                .setJobIds(
                                        jobs.stream().map(TrainingJob::getJobId).toList())
                                .build()));
                jobs.forEach(job -> letGoOrWait(new Waiting(schedule.id(), tick.name(), job, false)));
            }
        }
    }

    private ScheduleTick.Builder event(String scheduleId, long version, Tick tick) {
        Agenda.Entry next = known.agenda.of(scheduleId);
        return ScheduleTick.newBuilder()
                .setScheduleId(scheduleId)
                .setDefinitionVersion(version)
                .setOrigin(tick instanceof Tick.Cron ? TickOrigin.CRON : TickOrigin.RUN_NOW)
                .setRequestId(tick instanceof Tick.RunNow request ? request.requestId() : null)
                .setTickAt(tick.at())
                .setLateMillis(Math.max(0, Duration.between(tick.at(), now).toMillis()))
                .setNextTickAt(next == null ? null : next.tick())
                .setDecidedAt(now);
    }

    /** Whoever waits is held up by a limit of its own schedule, unless all places are taken: nobody is overtaken. */
    private void letGoOrWait(Waiting job) {
        if (known.isKnown(job.job().getJobId())) {
            return;
        }
        if (known.hasRoom(job.scheduleId(), limits.places())) {
            letGo(job);
        } else {
            add(new Output.KeepWaiting(known.waiting.next(), job));
        }
    }

    private void letGo(Waiting job) {
        String jobId = job.job().getJobId();
        add(new Output.KeepPlace(jobId, new Place(job.scheduleId(), 1, true, now)));
        add(new Output.Requested(
                job.tick(),
                JobRequested.newBuilder()
                        .setRun(1)
                        .setJob(job.job())
                        .setRequestedBy(Schedules.REQUESTED_BY)
                        .setRequestedAt(now)
                        .build()));
    }

    /** Lets go whoever waits and now has room, in order. */
    void release() {
        if (known.waiting.size() == 0 || known.places.taken() >= limits.places()) {
            return;
        }
        for (Map.Entry<Long, Waiting> next : known.waiting.all()) {
            if (known.places.taken() >= limits.places()) {
                return;
            }
            if (known.hasRoom(next.getValue().scheduleId(), limits.places())) {
                leaveTheLine(next.getKey(), next.getValue());
            }
        }
    }

    /** Lets go whose cancellation was asked for in an earlier turn: it is known in build-service by now. */
    void releaseCancelled() {
        known.waiting.cancelled().forEach(this::leaveTheLine);
    }

    private void leaveTheLine(long number, Waiting job) {
        add(new Output.KeepWaiting(number, null));
        letGo(job);
    }

    /** Asks to cancel all jobs of a schedule that run. */
    private void cancel(String scheduleId, String reason, String tick) {
        for (String jobId : List.copyOf(known.places.takenBy(scheduleId))) {
            Place place = known.places.of(jobId);
            if (place != null) {
                add(cancellation(jobId, place.run(), reason, tick));
            }
        }
        cancelWaiting(scheduleId, reason, tick);
    }

    /**
     * Asks to cancel all jobs of a schedule that wait. They are requested nevertheless, so that each job that a tick has
     * named comes to an end that everybody sees.
     *
     * @param tick the tick that wants it; null for that of each job
     */
    void cancelWaiting(String scheduleId, String reason, @Nullable String tick) {
        known.waiting.of(scheduleId).forEach((number, job) -> {
            if (!job.cancelled()) {
                add(cancellation(job.job().getJobId(), 1, reason, tick == null ? job.tick() : tick));
                add(new Output.KeepWaiting(number, job.cancel()));
            }
        });
    }

    private Output cancellation(String jobId, int run, String reason, String tick) {
        return new Output.Cancelled(
                tick, new JobControl(jobId, run, ControlAction.CANCEL, false, reason, Schedules.REQUESTED_BY, now));
    }
}
