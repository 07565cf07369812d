package dev.unitymlops.stage.coordinator;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.FailedCommand;
import dev.unitymlops.events.FailureCause;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a run ended badly. */
record Cause(
        FailureCause kind,
        List<String> messages,
        String logTail,
        @Nullable String artifacts,
        List<ArtifactFile> produced,
        @Nullable Instant startedAt) {

    static final Cause CANCELLED = cancelled("");

    static Cause of(FailedCommand failure) {
        return of(failure.getCause(), failure.getMessages(), failure);
    }

    /** The run was to be cancelled, and its holder had this to tell when it stopped. */
    static Cause cancelled(FailedCommand failure) {
        return of(FailureCause.CANCELLED, failure.getMessages(), failure);
    }

    static Cause cancelled(String reason) {
        return bare(FailureCause.CANCELLED, reason.isEmpty() ? "cancelled" : "cancelled: " + reason);
    }

    static Cause supersededBy(int run) {
        return bare(FailureCause.CANCELLED, "superseded by run " + run);
    }

    static Cause lost(String worker) {
        return bare(FailureCause.LOST_WORKER, "worker " + worker + " fell silent and no attempt is left");
    }

    private static Cause of(FailureCause kind, List<String> messages, FailedCommand failure) {
        return new Cause(
                kind,
                messages,
                failure.getLogTail(),
                failure.getArtifacts(),
                failure.getProduced(),
                failure.getStartedAt());
    }

    private static Cause bare(FailureCause kind, String message) {
        return new Cause(kind, List.of(message), "", null, List.of(), null);
    }
}
