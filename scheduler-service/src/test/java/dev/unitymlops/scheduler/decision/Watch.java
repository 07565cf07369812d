package dev.unitymlops.scheduler.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.Overlap;
import dev.unitymlops.events.ScheduleControl;
import dev.unitymlops.events.ScheduleTick;
import dev.unitymlops.events.TickDecision;
import dev.unitymlops.events.TickOrigin;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.schedule.JobIds;
import dev.unitymlops.scheduler.decision.ExpectedTicks.Expected;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares all that is told with what is expected of it, as it happens. */
final class Watch {

    private final Map<String, ExpectedTicks> ticks = new HashMap<>();
    private final Set<String> requests = new HashSet<>();
    private final Set<String> decided = new HashSet<>();
    private final Set<String> requested = new LinkedHashSet<>();
    private final Map<String, Integer> decisions = new TreeMap<>();
    private final ExpectedJobs jobs;

    Watch(int places) {
        jobs = new ExpectedJobs(places, scheduleId -> limit(of(scheduleId).definition()));
    }

    private static int limit(@Nullable TrainingSchedule definition) {
        Integer own = definition == null ? null : definition.getMaxConcurrentJobs();
        return own == null ? Integer.MAX_VALUE : own;
    }

    private ExpectedTicks of(String scheduleId) {
        return ticks.computeIfAbsent(scheduleId, any -> new ExpectedTicks());
    }

    ExpectedJobs jobs() {
        return jobs;
    }

    /** How many ticks were fired or skipped by which policy. */
    Map<String, Integer> decisions() {
        return decisions;
    }

    Set<String> requested() {
        return requested;
    }

    /** When the next tick of any schedule is due, if not later than {@code until}. */
    @Nullable
    Instant nextDue(Instant until) {
        Instant first = null;
        for (ExpectedTicks schedule : ticks.values()) {
            Instant due = schedule.nextDue(first == null ? until : first);
            first = due == null ? first : due;
        }
        return first;
    }

    /**
     * What a look has told.
     *
     * @param whole whether all that is due was decided, not only as much as fits into one transaction
     */
    List<String> looked(List<Output> outputs, Instant now, boolean whole) {
        jobs.releaseCancelled();
        compare(outputs, now, scheduleId -> of(scheduleId).due(now));
        if (whole) {
            assertThat(nextDue(now)).as("a tick that is due and not decided").isNull();
        }
        return compareRequests(outputs);
    }

    List<String> defined(
            List<Output> outputs, TrainingSchedule definition, long version, Instant written, Instant now) {
        ExpectedTicks schedule = of(definition.getScheduleId());
        boolean enabled = definition.getEnabled();
        compare(
                outputs,
                now,
                any -> enabled ? schedule.before(written, now) : schedule.dropped(written, "enabled=false"));
        assertThat(schedule.dropped(written, "")).as("a tick of the old one").isNull();
        schedule.define(definition, version, written);
        jobs.release();
        return compareRequests(outputs);
    }

    List<String> removed(List<Output> outputs, String scheduleId, Instant written, Instant now) {
        Set<String> cancelled = compare(outputs, now, any -> of(scheduleId).dropped(written, ""));
        assertThat(of(scheduleId).dropped(written, ""))
                .as("a tick of the old one")
                .isNull();
        assertThat(cancelled).isEqualTo(jobs.cancelWaiting(scheduleId));
        of(scheduleId).remove();
        return compareRequests(outputs);
    }

    List<String> asked(List<Output> outputs, ScheduleControl control, Instant now) {
        ExpectedTicks schedule = of(control.getScheduleId());
        TrainingSchedule definition = schedule.definition();
        List<Output.Ticked> answers = outputs.stream()
                .filter(Output.Ticked.class::isInstance)
                .map(Output.Ticked.class::cast)
                .toList();
        if (definition == null) {
            assertThat(answers)
                    .singleElement()
                    .satisfies(answer ->
                            assertThat(answer.event().getDefinitionVersion()).isEqualTo(-1));
        } else if (requests.add(control.getRequestId())) {
            Expected expected = new Expected(control.getRequestedAt(), schedule.version(), definition, null);
            assertThat(answers).hasSize(1);
            compare(outputs, now, any -> expected);
        } else {
            assertThat(outputs).as("the same request again").isEmpty();
        }
        return compareRequests(outputs);
    }

    List<String> forgot(List<Output> outputs) {
        jobs.release();
        return compareRequests(outputs);
    }

    List<String> began(List<Output> outputs, String jobId, int run) {
        jobs.began(jobId, run);
        jobs.release();
        return compareRequests(outputs);
    }

    List<String> ended(List<Output> outputs, String jobId, int run) {
        jobs.ended(jobId, run);
        jobs.release();
        return compareRequests(outputs);
    }

    /** Compares the ticks one after the other; gives the jobs that no tick has cancelled. */
    private Set<String> compare(List<Output> outputs, Instant now, Function<String, @Nullable Expected> source) {
        Set<String> cancelled = new LinkedHashSet<>();
        for (Output output : outputs) {
            if (output instanceof Output.Cancelled told) {
                assertThat(cancelled.add(told.event().getJobId()))
                        .as("cancelled once")
                        .isTrue();
            } else if (output instanceof Output.Ticked told) {
                compare(told.event(), source.apply(told.event().getScheduleId()), now, cancelled);
                cancelled.clear();
            }
        }
        return cancelled;
    }

    private void compare(ScheduleTick told, @Nullable Expected expected, Instant now, Set<String> cancelled) {
        if (expected == null) {
            throw new AssertionError("nobody expects " + said(told));
        }
        String said = said(told);
        assertThat(told.getTickAt()).as(said).isEqualTo(expected.tick());
        assertThat(told.getDefinitionVersion()).as(said).isEqualTo(expected.version());
        assertThat(told.getDecidedAt()).as(said).isEqualTo(now);
        assertThat(told.getLateMillis())
                .as(said)
                .isEqualTo(Duration.between(expected.tick(), now).toMillis());
        boolean cron = told.getOrigin() == TickOrigin.CRON;
        assertThat(!cron || decided.add(told.getScheduleId() + " " + told.getTickAt()))
                .as("%s, decided before", said)
                .isTrue();
        Overlap overlap = expected.definition().getOverlap();
        boolean looksAtJobs = expected.skippedBy() == null && overlap != Overlap.ALLOW;
        Set<String> unfinished = looksAtJobs ? jobs.unfinished(told.getScheduleId()) : Set.of();
        boolean overlaps = overlap == Overlap.SKIP && !unfinished.isEmpty();
        String skippedBy = expected.skippedBy() == null && overlaps ? "overlap=skip" : expected.skippedBy();
        boolean cancels = skippedBy == null && overlap == Overlap.CANCEL_RUNNING;
        assertThat(cancelled).as(said).isEqualTo(cancels ? unfinished : Set.of());
        assertThat(Set.copyOf(told.getRunningJobIds())).as(said).isEqualTo(unfinished);
        if (cancels) {
            jobs.cancelWaiting(told.getScheduleId());
        }
        compareDecision(told, expected.definition(), skippedBy);
    }

    private void compareDecision(ScheduleTick told, TrainingSchedule definition, @Nullable String skippedBy) {
        String said = said(told);
        decisions.merge(skippedBy == null ? "fired" : skippedBy, 1, Integer::sum);
        if (skippedBy == null) {
            List<String> ids = definition.getJobs().stream()
                    .map(job -> jobId(told, job.getAssetSpec().getAssetId()))
                    .toList();
            assertThat(told.getDecision()).as(said).isEqualTo(TickDecision.FIRED);
            assertThat(told.getJobIds()).isEqualTo(ids);
            jobs.fired(told.getScheduleId(), ids, limit(definition));
        } else {
            assertThat(told.getDecision()).as(said).isEqualTo(TickDecision.SKIPPED);
            assertThat(told.getPolicy()).as(said).isEqualTo(skippedBy);
            assertThat(told.getJobIds()).isEmpty();
        }
    }

    private static String said(ScheduleTick told) {
        return told.getScheduleId() + "/" + told.getTickAt() + " " + told.getDecision() + " " + told.getPolicy();
    }

    private static String jobId(ScheduleTick told, String assetId) {
        String request = told.getRequestId();
        return request == null
                ? JobIds.ofTick(told.getScheduleId(), assetId, told.getTickAt())
                : JobIds.ofRequest(told.getScheduleId(), assetId, request);
    }

    /** Each job once, in the order of the line. */
    private List<String> compareRequests(List<Output> outputs) {
        List<String> now = new ArrayList<>();
        for (Output output : outputs) {
            if (output instanceof Output.Requested told) {
                now.add(told.event().getJob().getJobId());
            }
        }
        assertThat(now).isEqualTo(jobs.takeRequests());
        now.forEach(jobId ->
                assertThat(requested.add(jobId)).as("requested once: %s", jobId).isTrue());
        return now;
    }
}
