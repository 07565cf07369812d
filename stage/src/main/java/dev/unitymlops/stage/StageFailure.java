package dev.unitymlops.stage;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.FailureCause;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attempt failed: the typed cause, every message and whether another attempt may help. Immutable. */
public final class StageFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final FailureCause failureCause;
    private final Retry retry;
    private final List<String> messages;
    private final String logTail;
    private final transient List<ArtifactFile> produced;

    /** Whether and when another attempt is made. */
    public enum Retry {
        /** The same input fails again. */
        NEVER,
        /** Another attempt may help, after a back-off, while attempts are left. */
        BACK_OFF,
        /** Something is not to be had at present (a licence seat): wait without using an attempt up. */
        WAIT
    }

    private StageFailure(
            FailureCause failureCause,
            Retry retry,
            List<String> messages,
            String logTail,
            List<ArtifactFile> produced,
            @Nullable Throwable reason) {
        super(String.join("; ", messages), reason);
        this.failureCause = failureCause;
        this.retry = retry;
        this.messages = List.copyOf(messages);
        this.logTail = logTail;
        this.produced = List.copyOf(produced);
    }

    /** The job or its inputs are wrong: the same input fails again. */
    public static StageFailure user(String... messages) {
        return of(FailureCause.USER, Retry.NEVER, messages);
    }

    /** The machine, the network or a tool failed: another attempt may help. */
    public static StageFailure infrastructure(String... messages) {
        return of(FailureCause.INFRASTRUCTURE, Retry.BACK_OFF, messages);
    }

    public static StageFailure of(FailureCause cause, Retry retry, String... messages) {
        return new StageFailure(cause, retry, List.of(messages), "", List.of(), null);
    }

    /** The same failure with the last lines of the outside program's log. */
    public StageFailure withLogTail(List<String> lines) {
        return new StageFailure(failureCause, retry, messages, String.join("\n", lines), produced, getCause());
    }

    /** The same failure with what was already produced. */
    public StageFailure withProduced(List<ArtifactFile> files) {
        return new StageFailure(failureCause, retry, messages, logTail, files, getCause());
    }

    /** The same failure with the exception behind it. */
    public StageFailure because(Throwable reason) {
        return new StageFailure(failureCause, retry, messages, logTail, produced, reason);
    }

    public FailureCause failureCause() {
        return failureCause;
    }

    public Retry retry() {
        return retry;
    }

    public List<String> messages() {
        return messages;
    }

    /** Last lines of the outside program's log, empty when there is none. */
    public String logTail() {
        return logTail;
    }

    public List<ArtifactFile> produced() {
        return produced;
    }

    /** How long a {@link Retry#WAIT} waits before it asks again. */
    public static final Duration WAIT_TIME = Duration.ofSeconds(60);
}
