package dev.unitymlops.stage.coordinator;

import static dev.unitymlops.stage.coordinator.Decision.applied;
import static dev.unitymlops.stage.coordinator.Decision.stale;

import dev.unitymlops.events.FailedCommand;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.RunOutcome;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.StageInput;
import dev.unitymlops.stage.coordinator.JobState.CancelledAhead;
import dev.unitymlops.stage.coordinator.JobState.Cancelling;
import dev.unitymlops.stage.coordinator.JobState.Ended;
import dev.unitymlops.stage.coordinator.JobState.Held;
import dev.unitymlops.stage.coordinator.JobState.Live;
import dev.unitymlops.stage.coordinator.JobState.Queued;
import dev.unitymlops.stage.coordinator.JobState.Waiting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides who works on a job: from its state and a command to its next state and the records to publish.
 *
 * <p>A pure function: no clock, no randomness, no Kafka. Calling it again with the same arguments gives the same answer,
 * which is what lets its host repeat a command after a crash.
 */
public final class Decide {

    private final Stage stage;
    private final Tell tell;
    private final RetryDelay retryDelay;

    public Decide(Stage stage, RetryDelay retryDelay) {
        this.stage = stage;
        this.tell = new Tell(stage);
        this.retryDelay = retryDelay;
    }

    /**
     * Decides.
     *
     * @param state the job's state, null when the stage has not heard of it
     * @param now milliseconds since the epoch; used for back-offs and as the time in published records only
     * @param offer free slots of the worker in this process
     */
    public Decision decide(String jobId, @Nullable JobState state, Command command, long now, Offer offer) {
        Job job = new Job(jobId, now, offer);
        return switch (command) {
            case Command.Input input -> arrived(job, state, input);
            case Command.Cancel cancel -> cancelled(job, state, cancel);
            case Command.Retry retry -> retried(job, state, retry);
            case Command.Claim claim -> claimed(state, claim);
            case Command.Report report -> reported(job, state, report);
            case Command.Wake ignored -> woken(job, state);
            case Command.Tick ignored -> stale(state);
        };
    }

    private record Job(String id, long now, Offer offer) {
        Job withoutOffer() {
            return new Job(id, now, Offer.NONE);
        }
    }

    private Decision arrived(Job job, @Nullable JobState state, Command.Input arrival) {
        if (state == null || arrival.run() > state.run()) {
            Live next = enter(job, arrival.run(), arrival.input(), state == null ? 0 : state.version());
            List<Output> told = new ArrayList<>();
            if (state instanceof Live live) {
                // One state per job: a later run ends the one that is still live, so that each ends exactly once.
                told.add(tell.failed(job.id, live, Cause.supersededBy(arrival.run()), job.now));
            }
            if (stage == Stage.BUILD) {
                told.add(tell.accepted(job.id, next, job.now));
            }
            return new Decision(next, told, Decision.Verdict.APPLIED);
        }
        if (state instanceof CancelledAhead ahead) {
            if (arrival.run() == ahead.run()) {
                return fail(
                        job,
                        enter(job.withoutOffer(), arrival.run(), arrival.input(), ahead.version()),
                        Cause.CANCELLED);
            }
            if (ahead.version() == 0) {
                return passedOver(job, ahead, arrival);
            }
        }
        return repeated(job, state, arrival);
    }

    /** The cancellation of a later run came before any input: this run was accepted upstream and must end as well. */
    private Decision passedOver(Job job, CancelledAhead ahead, Command.Input arrival) {
        Live live = new Live(arrival.run(), 0, arrival.input(), 0, 0, job.now, new Queued());
        return applied(
                new CancelledAhead(ahead.run(), 1, live.contentHash(), ahead.at()),
                tell.failed(job.id, live, Cause.supersededBy(ahead.run()), job.now));
    }

    /** Its producer waits for an answer, also where a retry has long gone on to a later run. */
    private Decision repeated(Job job, JobState state, Command.Input arrival) {
        return state.contentHash().equals(arrival.input().getContentHash())
                ? new Decision(
                        state,
                        List.of(tell.duplicate(job.id, state.run(), arrival, job.now)),
                        Decision.Verdict.DUPLICATE)
                : new Decision(
                        state, List.of(tell.otherContent(job.id, state, arrival, job.now)), Decision.Verdict.REJECTED);
    }

    private Decision cancelled(Job job, @Nullable JobState state, Command.Cancel cancel) {
        if (state instanceof Live live && live.run() == cancel.run()) {
            return switch (live.phase()) {
                case Queued ignored -> fail(job, live, Cause.cancelled(cancel.reason()));
                case Waiting ignored -> fail(job, live, Cause.cancelled(cancel.reason()));
                case Held held -> applied(live.in(new Cancelling(held.worker())));
                case Cancelling ignored -> stale(state);
            };
        }
        boolean ahead = state == null || (!(state instanceof Live) && state.run() < cancel.run());
        return ahead
                ? applied(
                        state == null
                                ? new CancelledAhead(cancel.run(), 0, "", job.now)
                                : new CancelledAhead(cancel.run(), state.version(), state.contentHash(), job.now))
                : stale(state);
    }

    private Decision retried(Job job, @Nullable JobState state, Command.Retry retry) {
        if (!(state instanceof Ended ended) || ended.run() != retry.run() || ended.input() == null) {
            return stale(state);
        }
        StageInput input =
                StageInput.newBuilder(ended.input()).setResume(retry.resume()).build();
        Live next = enter(job, ended.run() + 1, input, ended.version());
        return applied(next, tell.accepted(job.id, next, job.now));
    }

    private static Decision claimed(@Nullable JobState state, Command.Claim claim) {
        return state instanceof Live live
                        && live.phase() instanceof Queued
                        && live.run() == claim.run()
                        && live.version() == claim.version()
                ? applied(live.heldBy(claim.worker()))
                : stale(state);
    }

    private Decision reported(Job job, @Nullable JobState state, Command.Report report) {
        if (!(state instanceof Live live) || live.run() != report.run() || live.attempt() != report.attempt()) {
            return stale(state);
        }
        return switch (live.phase()) {
            case Held held when held.worker().equals(report.worker()) -> fromHolder(job, live, held, report);
            case Cancelling stopping when stopping.worker().equals(report.worker()) -> fromStopping(job, live, report);
            default -> stale(state);
        };
    }

    private Decision fromHolder(Job job, Live live, Held held, Command.Report report) {
        return switch (report) {
            case Command.Beat ignored -> held.reported() ? applied(live) : applied(live.reported(held));
            case Command.Decline decline -> givenBack(job, live, decline);
            case Command.Done done -> done(job, live, done);
            case Command.Failed failed -> failed(job, live, failed.failure());
            case Command.Silence ignored -> silent(job, live, held);
        };
    }

    private Decision fromStopping(Job job, Live live, Command.Report report) {
        return switch (report) {
            case Command.Beat ignored -> applied(live);
            case Command.Done done -> done(job, live, done);
            case Command.Failed failed -> fail(job, live, Cause.cancelled(failed.failure()));
            case Command.Decline ignored -> fail(job, live, Cause.CANCELLED);
            case Command.Silence ignored -> fail(job, live, Cause.CANCELLED);
        };
    }

    private Decision givenBack(Job job, Live live, Command.Decline decline) {
        return decline.delayMs() == 0
                ? applied(live.in(new Queued()))
                : applied(
                        live.in(new Waiting(job.now + decline.delayMs())),
                        tell.retrying(job.id, live, decline.reason(), job.now));
    }

    private Decision done(Job job, Live live, Command.Done done) {
        Ended ended = new Ended(
                live.run(),
                live.version() + 1,
                RunOutcome.SUCCEEDED,
                live.input().getContentHash(),
                null,
                job.now);
        return applied(
                ended,
                new Output.Event(
                        live.run(), live.attempt(), done.event(), live.input().getTraceparent()));
    }

    private Decision failed(Job job, Live live, FailedCommand failure) {
        if (!failure.getRetry()) {
            return fail(job, live, Cause.of(failure));
        }
        Live after = failure.getUsesAttempt() ? live.withAttemptUsed() : live;
        if (after.used() >= after.input().getMaxAttempts()) {
            return fail(job, after, Cause.of(failure));
        }
        long delay = Math.max(failure.getRetryAfterMs(), retryDelay.millis(job.id, after.attempt(), after.used()));
        return applied(
                after.in(new Waiting(job.now + delay)),
                tell.retrying(job.id, after, String.join("; ", failure.getMessages()), job.now));
    }

    private Decision silent(Job job, Live live, Held held) {
        Live after = held.reported() ? live.withAttemptUsed() : live;
        return after.used() >= after.input().getMaxAttempts()
                ? fail(job, after, Cause.lost(held.worker()))
                : applied(
                        after.in(new Queued()),
                        tell.retrying(job.id, after, "worker " + held.worker() + " fell silent", job.now));
    }

    private static Decision woken(Job job, @Nullable JobState state) {
        if (!(state instanceof Live live) || !(live.phase() instanceof Waiting waiting) || waiting.until() > job.now) {
            return stale(state);
        }
        return applied(queuedOrHeld(live, job.offer));
    }

    private Decision fail(Job job, Live live, Cause cause) {
        RunOutcome outcome = cause.kind() == FailureCause.CANCELLED ? RunOutcome.CANCELLED : RunOutcome.FAILED;
        Ended ended = new Ended(
                live.run(), live.version() + 1, outcome, live.input().getContentHash(), live.input(), job.now);
        return applied(ended, tell.failed(job.id, live, cause, job.now));
    }

    private static Live enter(Job job, int run, StageInput input, long version) {
        return queuedOrHeld(new Live(run, version, input, 0, 0, job.now, new Queued()), job.offer);
    }

    private static Live queuedOrHeld(Live live, Offer offer) {
        return offer.takes(live.input()) ? live.heldBy(offer.worker()) : live.in(new Queued());
    }
}
