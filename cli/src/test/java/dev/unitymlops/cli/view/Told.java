package dev.unitymlops.cli.view;

import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.AssetSpec;
import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.BuildFacts;
import dev.unitymlops.events.ControlAction;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.Problem;
import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.events.TrainingFacts;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.TrainingMetrics;
import dev.unitymlops.schemas.TrustedPackages;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Events of one job, each a second after the one before. */
final class Told {
    static final String JOB = "job-1";
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final String HASH = "0".repeat(64);

    static {
        TrustedPackages.trust();
    }

    private final boolean dryRun;
    private long seconds;

    Told(boolean dryRun) {
        this.dryRun = dryRun;
    }

    JobEvent requested(int run) {
        return event("job-requested", new JobRequested(run, job(), "cli", START));
    }

    JobEvent accepted(Stage stage, int run) {
        return progress(stage, run, 0, "accepted", null);
    }

    JobEvent progress(Stage stage, int run, int attempt, String phase, Long step) {
        return event(
                "job-progress",
                JobProgress.newBuilder()
                        .setJobId(JOB)
                        .setRun(run)
                        .setStage(stage)
                        .setAttempt(attempt)
                        .setPhase(phase)
                        .setStep(step)
                        .setMaxStep(step == null ? null : 1000L)
                        .setMeanReward(step == null ? null : 0.5)
                        .setAt(now())
                        .build());
    }

    JobEvent built(int run, int attempt) {
        return event(
                "build-completed",
                BuildCompleted.newBuilder()
                        .setJobId(JOB)
                        .setRun(run)
                        .setAttempt(attempt)
                        .setContentHash(HASH)
                        .setDryRun(dryRun)
                        .setStartedAt(now())
                        .setCompletedAt(now().plusSeconds(1))
                        .setArtifacts(folder(run, "build", attempt))
                        .setJob(job())
                        .setBuild(build(run))
                        .build());
    }

    JobEvent trained(int run, int attempt, Long resumedFrom) {
        return event(
                "training-completed",
                TrainingCompleted.newBuilder()
                        .setJobId(JOB)
                        .setRun(run)
                        .setAttempt(attempt)
                        .setContentHash(HASH)
                        .setDryRun(dryRun)
                        .setStartedAt(now())
                        .setCompletedAt(now().plusSeconds(1))
                        .setArtifacts(folder(run, "train", attempt))
                        .setJob(job())
                        .setBuild(build(run))
                        .setTraining(training(run, attempt, resumedFrom))
                        .build());
    }

    JobEvent registered(int run, int attempt) {
        var model = new RegisteredModel(
                "Agent", "asset-1/Agent", 3, "asset-1/Agent/versions/3", "file:///a/Agent.onnx", HASH, List.of());
        return event(
                "model-registered",
                ModelRegistered.newBuilder()
                        .setJobId(JOB)
                        .setRun(run)
                        .setAttempt(attempt)
                        .setContentHash(HASH)
                        .setDryRun(dryRun)
                        .setStartedAt(now())
                        .setCompletedAt(now().plusSeconds(1))
                        .setArtifacts(folder(run, "registry", attempt))
                        .setJob(job())
                        .setBuild(build(run))
                        .setTraining(training(run, 1, null))
                        .setModels(dryRun ? List.of() : List.of(model))
                        .setRegistry("file")
                        .build());
    }

    JobEvent failed(Stage stage, int run, int attempt, FailureCause cause, String... messages) {
        return event(
                "job-failed",
                JobFailed.newBuilder()
                        .setJobId(JOB)
                        .setRun(run)
                        .setStage(stage)
                        .setAttempt(attempt)
                        .setContentHash(HASH)
                        .setDryRun(dryRun)
                        .setCause(cause)
                        .setMessages(List.of(messages))
                        .setArtifacts(attempt == 0 ? null : folder(run, StageFacts.word(stage), attempt))
                        .setStartedAt(attempt == 0 ? null : now())
                        .setFailedAt(now().plusSeconds(1))
                        .build());
    }

    JobEvent rejected(JobEvent request) {
        return event(
                "job-rejected",
                JobRejected.newBuilder()
                        .setJobId(JOB)
                        .setRun(request.run())
                        .setStage(Stage.BUILD)
                        .setReason("invalid")
                        .setProblems(List.of(new Problem("priority", "11", "is above 9", "Give 0 to 9.")))
                        .setRecord(new RecordCoordinates(
                                "prefix." + request.topic(), request.partition(), request.offset()))
                        .setRejectedAt(now())
                        .build());
    }

    JobEvent cancelAsked(int run) {
        return event("job-control", new JobControl(JOB, run, ControlAction.CANCEL, false, "", "cli", now()));
    }

    private JobEvent event(String topic, SpecificRecord value) {
        seconds++;
        return new JobEvent(topic, 0, seconds, START.plusSeconds(seconds), "dev.unitymlops." + topic, value);
    }

    private Instant now() {
        return START.plusSeconds(seconds);
    }

    private TrainingJob job() {
        return TrainingJob.newBuilder()
                .setJobId(JOB)
                .setAssetSpec(AssetSpec.newBuilder()
                        .setAssetId("asset-1")
                        .setName("Agent")
                        .build())
                .setRlConfig(RlConfig.newBuilder().build())
                .setDryRun(dryRun)
                .build();
    }

    private static BuildFacts build(int run) {
        return BuildFacts.newBuilder()
                .setRun(run)
                .setAttempt(1)
                .setArtifacts(folder(run, "build", 1))
                .setBehaviourOrigin("template")
                .setPlayer(new ArtifactFile("file:///a/player.tar.gz", HASH, 1L))
                .build();
    }

    private TrainingFacts training(int run, int attempt, Long resumedFrom) {
        TrainingMetrics metrics = TrainingMetrics.newBuilder()
                .setSteps(1000)
                .setMeanReward(1.5)
                .setEpisodes(20L)
                .setResumedFromStep(resumedFrom)
                .setScalars(Map.of())
                .build();
        return TrainingFacts.newBuilder()
                .setRun(run)
                .setAttempt(attempt)
                .setArtifacts(folder(run, "train", attempt))
                .setMetrics(dryRun ? null : metrics)
                .setSeed(1)
                .build();
    }

    private static String folder(int run, String stage, int attempt) {
        return "file:///artifacts/" + JOB + "/run-" + run + "/" + stage + "/attempt-" + attempt + "/";
    }
}
