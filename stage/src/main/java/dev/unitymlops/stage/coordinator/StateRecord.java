package dev.unitymlops.stage.coordinator;

import dev.unitymlops.events.RunOutcome;
import dev.unitymlops.events.StageMarker;
import dev.unitymlops.events.StageState;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.runtime.streams.NewerVersion;
import dev.unitymlops.stage.coordinator.JobState.CancelledAhead;
import dev.unitymlops.stage.coordinator.JobState.Cancelling;
import dev.unitymlops.stage.coordinator.JobState.Ended;
import dev.unitymlops.stage.coordinator.JobState.Held;
import dev.unitymlops.stage.coordinator.JobState.Live;
import dev.unitymlops.stage.coordinator.JobState.Phase;
import dev.unitymlops.stage.coordinator.JobState.Queued;
import dev.unitymlops.stage.coordinator.JobState.Waiting;
import java.util.Objects;

/** A job's state as a record of the store, and as one of the stage's work topic. */
final class StateRecord {

    private StateRecord() {}

    static StageState of(JobState state) {
        return new StageState(
                switch (state) {
                    case Live live -> work(live);
                    case Ended ended -> marker(ended);
                    case CancelledAhead ahead ->
                        new StageMarker(
                                ahead.run(),
                                RunOutcome.CANCELLED_AHEAD,
                                ahead.contentHash(),
                                ahead.version(),
                                ahead.at(),
                                null);
                });
    }

    /**
     * Reads a state back.
     *
     * @throws NewerVersion for a state that a later version of this program wrote: to guess at it would lose the job
     */
    static JobState read(String jobId, StageState stored) {
        return switch (stored.getState()) {
            case StageWork work when work.getPhase() != WorkPhase.UNKNOWN -> live(work);
            case StageMarker marker when marker.getOutcome() == RunOutcome.UNKNOWN -> throw newer(jobId);
            case StageMarker marker
            when marker.getOutcome() == RunOutcome.CANCELLED_AHEAD ->
                new CancelledAhead(marker.getRun(), marker.getVersion(), marker.getContentHash(), marker.getAt());
            case StageMarker marker ->
                new Ended(
                        marker.getRun(),
                        marker.getVersion(),
                        marker.getOutcome(),
                        marker.getContentHash(),
                        marker.getInput(),
                        marker.getAt());
            case null, default -> throw newer(jobId);
        };
    }

    private static NewerVersion newer(String jobId) {
        return new NewerVersion("the state of job " + jobId + " in the coordinator's store");
    }

    /** Whether the state is the marker of a run that ended before this time, milliseconds since the epoch. */
    static boolean endedBefore(StageState stored, long time) {
        return stored.getState() instanceof StageMarker marker && marker.getAt() < time;
    }

    static StageWork work(Live live) {
        Phase phase = live.phase();
        return new StageWork(
                live.run(),
                live.version(),
                word(phase),
                live.attempt(),
                live.used(),
                switch (phase) {
                    case Held held -> held.worker();
                    case Cancelling stopping -> stopping.worker();
                    case Queued ignored -> null;
                    case Waiting ignored -> null;
                },
                phase instanceof Waiting waiting ? waiting.until() : null,
                live.since(),
                phase instanceof Held held && held.reported(),
                live.input(),
                null);
    }

    private static StageMarker marker(Ended ended) {
        return new StageMarker(
                ended.run(), ended.outcome(), ended.contentHash(), ended.version(), ended.at(), ended.input());
    }

    private static Live live(StageWork work) {
        return new Live(
                work.getRun(),
                work.getVersion(),
                work.getInput(),
                work.getAttempt(),
                work.getAttemptsUsed(),
                work.getSince(),
                phase(work));
    }

    private static Phase phase(StageWork work) {
        return switch (work.getPhase()) {
            case QUEUED -> new Queued();
            case HELD -> new Held(Objects.requireNonNull(work.getWorker()), work.getReported());
            case WAITING -> new Waiting(Objects.requireNonNull(work.getUntil()));
            case CANCELLING -> new Cancelling(Objects.requireNonNull(work.getWorker()));
            case UNKNOWN -> throw new IllegalArgumentException("a phase of a newer version");
        };
    }

    private static WorkPhase word(Phase phase) {
        return switch (phase) {
            case Queued ignored -> WorkPhase.QUEUED;
            case Held ignored -> WorkPhase.HELD;
            case Waiting ignored -> WorkPhase.WAITING;
            case Cancelling ignored -> WorkPhase.CANCELLING;
        };
    }
}
