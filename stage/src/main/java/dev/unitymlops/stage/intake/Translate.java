package dev.unitymlops.stage.intake;

import dev.unitymlops.events.CancelCommand;
import dev.unitymlops.events.InputCommand;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.Problem;
import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.events.RetryCommand;
import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.StageInput;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.ContentHash;
import dev.unitymlops.job.JobRules;
import dev.unitymlops.job.ProjectName;
import dev.unitymlops.job.Where;
import dev.unitymlops.stage.StageLine;
import dev.unitymlops.stage.intake.Admission.Refusal;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Turns an event that could be decoded into a command for the coordinator, or into the answer that it was refused. */
final class Translate<I extends SpecificRecord> {

    /** Characters. Far below what a Kafka record holds, beside which job-failed tells other things too. */
    static final int LONGEST_REASON = 4096;

    private final StageLine<I, ?> line;
    private final Admission admission;
    private final Clock clock;

    Translate(StageLine<I, ?> line, Admission admission, Clock clock) {
        this.line = line;
        this.admission = admission;
        this.clock = clock;
    }

    /** What becomes of an event. */
    sealed interface Translated {
        String jobId();

        /** For the coordinator. */
        record Accepted(String jobId, StageCommand command) implements Translated {}

        /** For its producer. */
        record Refused(String jobId, JobRejected answer) implements Translated {}
    }

    Translated input(I event, RecordCoordinates at, @Nullable String traceparent) throws IOException {
        TrainingJob job = line.job().apply(event);
        int run = line.run().apply(event);
        List<Problem> problems = new ArrayList<>(JobRules.check(job, Where.ELSEWHERE));
        if (run < 1) {
            problems.add(new Problem("run", Integer.toString(run), "runs are counted from 1", "ask for run 1"));
        }
        String requestedBy = event instanceof JobRequested requested ? requested.getRequestedBy() : "";
        if (!problems.isEmpty()) {
            return refused(job.getJobId(), run, Refusal.invalid(problems), at, null, requestedBy);
        }
        String contentHash = ContentHash.of(job);
        Optional<Refusal> refusal = admission.check(job, contentHash);
        if (refusal.isPresent()) {
            return refused(job.getJobId(), run, refusal.get(), at, contentHash, requestedBy);
        }
        StageInput input = StageInput.newBuilder()
                .setRecord(at)
                .setContentHash(contentHash)
                .setPriority(job.getPriority())
                .setRequires(line.requires().apply(job))
                .setMaxAttempts(job.getMaxAttempts())
                .setDryRun(job.getDryRun())
                .setAssetId(job.getAssetSpec().getAssetId())
                .setScheduleId(job.getScheduleId())
                .setWebhookUrl(job.getWebhookUrl())
                .setRequestedBy(requestedBy)
                .setTraceparent(traceparent)
                .setProject(ProjectName.of(job))
                .build();
        return new Translated.Accepted(job.getJobId(), new StageCommand(new InputCommand(run, input)));
    }

    Translated control(JobControl control, RecordCoordinates at) {
        String jobId = control.getJobId();
        if (control.getReason().length() > LONGEST_REASON) {
            return refused(
                    control,
                    at,
                    new Problem(
                            "reason",
                            control.getReason().length() + " characters",
                            "is longer than " + LONGEST_REASON + " characters",
                            "Shorten it: every event of the job's end carries it."));
        }
        return switch (control.getAction()) {
            case CANCEL ->
                new Translated.Accepted(
                        jobId, new StageCommand(new CancelCommand(control.getRun(), control.getReason())));
            case RETRY ->
                new Translated.Accepted(
                        jobId, new StageCommand(new RetryCommand(control.getRun(), control.getResume())));
            case UNKNOWN ->
                refused(
                        control,
                        at,
                        new Problem("action", "\"UNKNOWN\"", "no such action here", "ask for CANCEL or RETRY"));
        };
    }

    private Translated refused(JobControl control, RecordCoordinates at, Problem problem) {
        return refused(
                control.getJobId(),
                control.getRun(),
                Refusal.invalid(List.of(problem)),
                at,
                null,
                control.getRequestedBy());
    }

    private Translated refused(
            String jobId,
            int run,
            Refusal refusal,
            RecordCoordinates at,
            @Nullable String contentHash,
            String requestedBy) {
        return new Translated.Refused(
                jobId,
                JobRejected.newBuilder()
                        .setJobId(jobId)
                        .setRun(run)
                        .setStage(line.stage())
                        .setReason(refusal.reason())
                        .setProblems(refusal.problems())
                        .setRecord(at)
                        .setContentHash(contentHash)
                        .setExistingContentHash(refusal.existingContentHash())
                        .setRequestedBy(requestedBy)
                        .setRejectedAt(clock.instant())
                        .build());
    }
}
