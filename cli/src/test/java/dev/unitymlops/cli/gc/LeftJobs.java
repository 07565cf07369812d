package dev.unitymlops.cli.gc;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.BuildFacts;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.TrainingFacts;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.TrainingMetrics;
import dev.unitymlops.job.ContentHash;
import dev.unitymlops.job.JobDefaults;
import dev.unitymlops.job.JobFile;
import dev.unitymlops.schemas.TrustedPackages;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.stage.artifacts.ArtifactStore;
import dev.unitymlops.stage.artifacts.AttemptId;
import dev.unitymlops.stage.artifacts.AttemptResult;
import dev.unitymlops.stage.artifacts.AttemptResult.Ending;
import dev.unitymlops.stage.artifacts.JobFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Jobs in a store as the services leave them, with a few bytes for each player and model. */
record LeftJobs(ArtifactStore store) {
    static final Instant ENDED = Instant.parse("2026-01-02T03:04:05Z");
    private static final String HASH = "0".repeat(64);

    static {
        TrustedPackages.trust();
    }

    static TrainingJob job(String id, String more) {
        String text = """
                job_id: %s
                unity_project_path: simulated:reach-target
                asset_spec:
                  asset_id: reacher
                  name: Reacher
                  description: Reach the target.
                  observation_space: {position: 2, velocity: 2}
                  action_space: {type: continuous, size: 2}
                rl_config: {algorithm: PPO%s}
                dry_run: false
                """.formatted(id, more);
        return switch (JobFile.parse(text, JobDefaults.none())) {
            case JobFile.Valid valid -> valid.job();
            case JobFile.Invalid invalid -> throw new AssertionError(invalid.problems());
        };
    }

    JobFolder folder(String id) throws Exception {
        return store.job(id, ArtifactStore.DEFAULT_OUTPUT_DIR);
    }

    /** A failed training, after a build. */
    JobFolder failed(String id) throws Exception {
        JobFolder folder = claimed(id);
        file(folder, Stage.BUILD, 1, "player.tar.gz");
        file(folder, Stage.TRAIN, 1, "checkpoints/000001-step-10/a.pt");
        commit(folder, Stage.TRAIN, 1, new Ending.Failed(FailureCause.INFRASTRUCTURE, List.of("no disk"), List.of()));
        return folder;
    }

    /** A success that registered no model. */
    JobFolder skipped(String id) throws Exception {
        return ended(id, List.of());
    }

    /** A success with a registered model, whose training took two attempts. */
    JobFolder registered(String id) throws Exception {
        var model = new RegisteredModel(
                "Reacher", "reacher/Reacher", 3, "reacher/Reacher@3", "gs://elsewhere/Reacher.onnx", HASH, List.of());
        return ended(id, List.of(model));
    }

    private JobFolder ended(String id, List<RegisteredModel> models) throws Exception {
        JobFolder folder = claimed(id);
        ArtifactFile player = file(folder, Stage.BUILD, 1, "player.tar.gz");
        file(folder, Stage.TRAIN, 1, "checkpoints/000001-step-10/a.pt");
        ArtifactFile trained = file(folder, Stage.TRAIN, 2, "models/Reacher.onnx");
        TrainingJob job = job(id, "");
        ModelRegistered event = ModelRegistered.newBuilder()
                .setJobId(id)
                .setRun(1)
                .setAttempt(1)
                .setContentHash(ContentHash.of(job))
                .setDryRun(false)
                .setStartedAt(ENDED)
                .setCompletedAt(ENDED)
                .setArtifacts(folder.attempt(1, Stage.REGISTRY, 1).toUri().toString())
                .setJob(job)
                .setBuild(BuildFacts.newBuilder()
                        .setRun(1)
                        .setAttempt(1)
                        .setArtifacts(folder.attempt(1, Stage.BUILD, 1).toUri().toString())
                        .setPlayer(player)
                        .setBehaviourOrigin("template")
                        .setBuildTarget("StandaloneLinux64")
                        .build())
                .setTraining(TrainingFacts.newBuilder()
                        .setRun(1)
                        .setAttempt(2)
                        .setArtifacts(folder.attempt(1, Stage.TRAIN, 2).toUri().toString())
                        .setMetrics((TrainingMetrics) null)
                        .setFiles(List.of(trained))
                        .setSeed(1)
                        .build())
                .setModels(models)
                .setRegistry(models.isEmpty() ? "none" : "vertex")
                .build();
        commit(folder, Stage.REGISTRY, 1, new Ending.Succeeded(event));
        return folder;
    }

    private JobFolder claimed(String id) throws Exception {
        JobFolder folder = folder(id);
        TrainingJob job = job(id, "");
        folder.claim(job, ContentHash.of(job));
        return folder;
    }

    private static ArtifactFile file(JobFolder folder, Stage stage, int attempt, String name) throws Exception {
        Path file = folder.attempt(1, stage, attempt).resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[1000]);
        return ArtifactFiles.describe(file);
    }

    private static void commit(JobFolder folder, Stage stage, int attempt, Ending ending) throws Exception {
        folder.commit(new AttemptResult(
                new AttemptId(folder.jobId(), 1, stage, attempt), HASH, false, ENDED, ENDED, ending, Map.of()));
    }
}
