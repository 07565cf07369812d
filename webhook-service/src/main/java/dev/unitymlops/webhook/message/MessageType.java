package dev.unitymlops.webhook.message;

/** The types of messages; their names are public API. */
public enum MessageType {
    JOB_ACCEPTED("job.accepted", "accepted"),
    JOB_STARTED("job.started", "running"),
    JOB_COMPLETED("job.completed", "succeeded"),
    JOB_FAILED("job.failed", "failed"),
    JOB_CANCELLED("job.cancelled", "cancelled"),
    TICK_SKIPPED("schedule.tick_skipped", "skipped");

    private final String word;
    private final String status;

    MessageType(String word, String status) {
        this.word = word;
        this.status = status;
    }

    /** As it stands in the message. */
    public String word() {
        return word;
    }

    /** What the message's {@code data.status} says. */
    String status() {
        return status;
    }

    /** Whether a run of a job is over with this message. */
    public boolean endsRun() {
        return this == JOB_COMPLETED || this == JOB_FAILED || this == JOB_CANCELLED;
    }

    /** Whether a message of this name ends a run of a job. */
    public static boolean endsRun(String word) {
        for (MessageType type : values()) {
            if (type.word.equals(word)) {
                return type.endsRun();
            }
        }
        return false;
    }
}
