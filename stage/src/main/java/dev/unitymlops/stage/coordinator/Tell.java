package dev.unitymlops.stage.coordinator;

import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.Problem;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.StageInput;
import dev.unitymlops.stage.coordinator.JobState.Live;
import java.time.Instant;
import java.util.List;

/** Writes the records by which a stage's coordinator tells others what it decided. */
record Tell(Stage stage) {

    Output failed(String jobId, Live live, Cause cause, long now) {
        StageInput input = live.input();
        JobFailed event = JobFailed.newBuilder()
                .setJobId(jobId)
                .setRun(live.run())
                .setStage(stage)
                .setAttempt(live.attempt())
                .setContentHash(input.getContentHash())
                .setDryRun(input.getDryRun())
                .setCause(cause.kind())
                .setMessages(cause.messages())
                .setLogTail(cause.logTail())
                .setArtifacts(cause.artifacts())
                .setProduced(cause.produced())
                .setInput(input.getRecord())
                .setAssetId(input.getAssetId())
                .setScheduleId(input.getScheduleId())
                .setWebhookUrl(input.getWebhookUrl())
                .setStartedAt(cause.startedAt())
                .setFailedAt(Instant.ofEpochMilli(now))
                .build();
        return new Output.Failed(event, input.getTraceparent());
    }

    Output accepted(String jobId, Live live, long now) {
        return progress(jobId, live.run(), 0, "accepted", "", live.input(), now);
    }

    Output retrying(String jobId, Live live, String why, long now) {
        return progress(jobId, live.run(), live.attempt(), "retrying", why, live.input(), now);
    }

    /** @param latest the run that is there */
    Output duplicate(String jobId, int latest, Command.Input arrival, long now) {
        return progress(
                jobId,
                arrival.run(),
                0,
                "duplicate",
                latest == arrival.run()
                        ? "this run of the job was already there, with the same content"
                        : "the job is already at run " + latest + ", with the same content",
                arrival.input(),
                now);
    }

    Output otherContent(String jobId, JobState first, Command.Input arrival, long now) {
        StageInput input = arrival.input();
        Problem problem = new Problem(
                "job_id",
                '"' + jobId + '"',
                "run " + first.run() + " of this id is already there with other content (content hash "
                        + first.contentHash() + ", this one's is " + input.getContentHash() + ")",
                "give the job a new id (mlops offers --new-id)");
        JobRejected event = JobRejected.newBuilder()
                .setJobId(jobId)
                .setRun(arrival.run())
                .setStage(stage)
                .setReason("duplicate")
                .setProblems(List.of(problem))
                .setRecord(input.getRecord())
                .setContentHash(input.getContentHash())
                .setExistingContentHash(first.contentHash())
                .setRequestedBy(input.getRequestedBy())
                .setRejectedAt(Instant.ofEpochMilli(now))
                .build();
        return new Output.Rejected(event, input.getTraceparent());
    }

    private Output progress(
            String jobId, int run, int attempt, String phase, String message, StageInput input, long now) {
        JobProgress event = JobProgress.newBuilder()
                .setJobId(jobId)
                .setRun(run)
                .setStage(stage)
                .setAttempt(attempt)
                .setPhase(phase)
                .setMessage(message.isEmpty() ? null : message)
                .setScheduleId(input.getScheduleId())
                .setWebhookUrl(input.getWebhookUrl())
                .setAt(Instant.ofEpochMilli(now))
                .build();
        return new Output.Progress(event, input.getTraceparent());
    }
}
