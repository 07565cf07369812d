package dev.unitymlops.webhook;

import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.Stage;
import java.time.Instant;
import java.util.List;

/** Events as the stages write them. */
final class Events {

    static final Instant AT = Instant.parse("2026-11-21T03:00:00Z");

    private Events() {}

    static JobProgress accepted(String jobId, int run, String webhookUrl) {
        return progress(jobId, run, 0, "accepted", webhookUrl);
    }

    static JobProgress building(String jobId, int run, String webhookUrl) {
        return progress(jobId, run, 1, "code generated", webhookUrl);
    }

    static JobProgress progress(String jobId, int run, int attempt, String phase, String webhookUrl) {
        return JobProgress.newBuilder()
                .setJobId(jobId)
                .setRun(run)
                .setStage(Stage.BUILD)
                .setAttempt(attempt)
                .setPhase(phase)
                .setScheduleId("nightly")
                .setWebhookUrl(webhookUrl)
                .setAt(AT)
                .build();
    }

    static JobFailed failed(String jobId, int run, FailureCause cause, String webhookUrl) {
        return JobFailed.newBuilder()
                .setJobId(jobId)
                .setRun(run)
                .setStage(Stage.TRAIN)
                .setAttempt(2)
                .setContentHash("c".repeat(64))
                .setDryRun(false)
                .setCause(cause)
                .setMessages(List.of("the trainer ended with 1", "out of memory"))
                .setScheduleId("nightly")
                .setWebhookUrl(webhookUrl)
                .setFailedAt(AT.plusSeconds(60))
                .build();
    }
}
