package dev.unitymlops.stage.worker;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageHandler;
import dev.unitymlops.stage.StageLine;
import dev.unitymlops.stage.artifacts.ArtifactStore;
import dev.unitymlops.stage.artifacts.AttemptId;
import dev.unitymlops.stage.artifacts.AttemptResult;
import dev.unitymlops.stage.artifacts.AttemptResult.Ending;
import dev.unitymlops.stage.artifacts.JobFolder;
import dev.unitymlops.stage.artifacts.JobRefused;
import dev.unitymlops.stage.children.Children;
import dev.unitymlops.stage.folders.TemporaryFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs attempts of a stage from the input's coordinates to the report: adopts what an earlier attempt committed, else
 * calls the handler; commits the result first and reports it then. Thread-safe.
 */
final class RunAttempt<I extends SpecificRecord, O extends SpecificRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(RunAttempt.class);

    private final StageLine<I, O> line;
    private final StageHandler<I, O> handler;
    private final Tools<I, O> tools;
    private final Clock clock;

    /** What attempts work with. */
    record Tools<I extends SpecificRecord, O extends SpecificRecord>(
            FetchInput<I> inputs,
            ArtifactStore store,
            Path scratch,
            Reports reports,
            EncodeEvent<O> events,
            Function<RunningAttempt, TellProgress> progress,
            Function<RunningAttempt, Children> children,
            Function<RunningAttempt, AskStanding> standing,
            AskQuota quota) {}

    /** How an attempt ended. */
    enum End {
        DONE,
        FAILED,
        CANCELLED,
        HANDED_BACK,
        ABANDONED
    }

    RunAttempt(StageLine<I, O> line, StageHandler<I, O> handler, Tools<I, O> tools, Clock clock) {
        this.line = line;
        this.handler = handler;
        this.tools = tools;
        this.clock = clock;
    }

    /** Runs the attempt on this thread, reports how it ended and returns that. */
    End run(RunningAttempt attempt) {
        Instant startedAt = clock.instant();
        Where where = new Where();
        Outcome outcome = tried(attempt, startedAt, where);
        // From here on no stop interrupts: how the attempt ended must be stored and told.
        attempt.over();
        Thread.interrupted();
        return switch (outcome) {
            case Outcome.Done done -> {
                tools.reports.done(attempt, done.event());
                yield End.DONE;
            }
            case Outcome.Failed failed -> fail(attempt, startedAt, where, failed.failure());
            case Outcome.Stopped ignored -> stopped(attempt, startedAt, where);
            case Outcome.TooMany ignored -> {
                tools.reports.decline(attempt.jobId(), attempt.work(), "its project has no room for it now");
                yield End.HANDED_BACK;
            }
        };
    }

    /** What became of the work. */
    private sealed interface Outcome {
        record Done(ByteBuffer event) implements Outcome {}

        record Failed(StageFailure failure) implements Outcome {}

        record Stopped() implements Outcome {}

        /** It has not begun: its project's quota is used up by others. */
        record TooMany() implements Outcome {}
    }

    /** Whatever goes wrong after a stop was asked for went wrong because of it: a handed-back job uses no attempt. */
    private Outcome tried(RunningAttempt attempt, Instant startedAt, Where where) {
        try {
            if (tools.quota.isExceeded(attempt)) {
                return new Outcome.TooMany();
            }
            return new Outcome.Done(tools.events.encode(work(attempt, startedAt, where)));
        } catch (InterruptedException e) {
            return new Outcome.Stopped();
        } catch (StageFailure | IOException | JobRefused | RuntimeException | Error e) {
            return attempt.stopReason() == null ? new Outcome.Failed(FailureOf.attempt(e)) : new Outcome.Stopped();
        }
    }

    /** Where the attempt writes, once that is known. */
    private static final class Where {
        private @Nullable JobFolder job;
        private @Nullable Path folder;
        private boolean succeeded;

        @Nullable
        String uri() {
            return folder == null ? null : folder.toUri().toString();
        }
    }

    private O work(RunningAttempt attempt, Instant startedAt, Where where)
            throws StageFailure, InterruptedException, IOException, JobRefused {
        I input = tools.inputs.fetch(attempt.work().getInput().getRecord());
        TrainingJob job = line.job().apply(input);
        String contentHash = attempt.work().getInput().getContentHash();
        JobFolder folder = tools.store.job(job);
        where.job = folder;
        folder.claim(job, contentHash);
        Optional<O> committed = folder.adopt(attempt.run(), line.stage(), contentHash, line.outputType());
        if (committed.isPresent()) {
            LOG.info(
                    "A committed result is adopted jobId={} stage={} attempt={}",
                    attempt.jobId(),
                    line.word(),
                    attempt.number());
            return committed.get();
        }
        Path own = folder.attempt(attempt.run(), line.stage(), attempt.number());
        where.folder = own;
        try (TemporaryFolder scratch = TemporaryFolder.in(tools.scratch, ScratchFolders.PREFIX)) {
            O event = handler.handle(
                    input,
                    new WorkerAttempt(
                            job,
                            attempt.run(),
                            attempt.number(),
                            contentHash,
                            attempt.slot(),
                            startedAt,
                            own,
                            scratch.path(),
                            earlier(folder, attempt),
                            tools.progress.apply(attempt),
                            tools.children.apply(attempt),
                            tools.standing.apply(attempt)));
            commit(attempt, startedAt, where, new Ending.Succeeded(event));
            where.succeeded = true;
            return event;
        }
    }

    private List<Path> earlier(JobFolder folder, RunningAttempt attempt) throws IOException {
        List<Path> earlier = new ArrayList<>(folder.earlier(attempt.run(), line.stage(), attempt.number()));
        if (attempt.work().getInput().getResume() && attempt.run() > 1) {
            earlier.addAll(folder.attempts(attempt.run() - 1, line.stage()));
        }
        return earlier;
    }

    private End fail(RunningAttempt attempt, Instant startedAt, Where where, StageFailure failure) {
        LOG.warn(
                "An attempt failed jobId={} stage={} attempt={} cause={} retry={}",
                attempt.jobId(),
                line.word(),
                attempt.number(),
                failure.failureCause(),
                failure.retry(),
                failure.getCause());
        commitQuietly(
                attempt,
                startedAt,
                where,
                new Ending.Failed(failure.failureCause(), failure.messages(), failure.produced()));
        tools.reports.failed(attempt, failure, where.uri(), startedAt);
        return End.FAILED;
    }

    private End stopped(RunningAttempt attempt, Instant startedAt, Where where) {
        StopReason reason = attempt.stopReason();
        LOG.info(
                "An attempt was stopped jobId={} stage={} attempt={} reason={}",
                attempt.jobId(),
                line.word(),
                attempt.number(),
                reason);
        return switch (reason) {
            case CANCELLED -> {
                commitQuietly(
                        attempt, startedAt, where, new Ending.Cancelled(List.of("cancelled while it ran"), List.of()));
                tools.reports.cancelled(attempt, where.uri(), startedAt);
                yield End.CANCELLED;
            }
            case DRAINED -> {
                tools.reports.decline(attempt.jobId(), attempt.work(), "its worker was drained");
                yield End.HANDED_BACK;
            }
            case SUPERSEDED, ISOLATED -> End.ABANDONED;
            case null -> {
                tools.reports.decline(attempt.jobId(), attempt.work(), "its thread was interrupted");
                yield End.HANDED_BACK;
            }
        };
    }

    private void commit(RunningAttempt attempt, Instant startedAt, Where where, Ending ending) throws IOException {
        JobFolder folder = where.job;
        if (folder != null && where.folder != null) {
            AttemptId id = new AttemptId(attempt.jobId(), attempt.run(), line.stage(), attempt.number());
            folder.commit(new AttemptResult(
                    id,
                    attempt.work().getInput().getContentHash(),
                    attempt.work().getInput().getDryRun(),
                    startedAt,
                    clock.instant(),
                    ending,
                    Map.of()));
        }
    }

    /** The report matters more than its copy in the store, so a store that fails here does not hide the failure. */
    private void commitQuietly(RunningAttempt attempt, Instant startedAt, Where where, Ending ending) {
        if (where.succeeded) {
            // What went wrong after the work was done must not cost the work: the next attempt adopts it.
            return;
        }
        try {
            commit(attempt, startedAt, where, ending);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "The result of a failed attempt was not stored jobId={} stage={} attempt={}",
                    attempt.jobId(),
                    line.word(),
                    attempt.number(),
                    e);
        }
    }
}
