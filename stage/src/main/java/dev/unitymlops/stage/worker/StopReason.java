package dev.unitymlops.stage.worker;

import java.time.Duration;

/** Why an attempt is stopped before its end, and how long its children get for it. */
enum StopReason {
    /** Somebody cancelled the job: the trainer saves first. */
    CANCELLED(Duration.ofSeconds(60)),
    /** The service stops: the trainer saves, the job goes back to the queue. */
    DRAINED(Duration.ofSeconds(60)),
    /** Another attempt has the job now; what this one still does is lost. */
    SUPERSEDED(Duration.ofSeconds(8)),
    /** The broker could not be reached for too long: another attempt has the job by now, for all this one knows. */
    ISOLATED(Duration.ofSeconds(8));

    private final Duration grace;

    StopReason(Duration grace) {
        this.grace = grace;
    }

    /** How long a child may take to end by itself after SIGINT. */
    Duration grace() {
        return grace;
    }
}
