package dev.unitymlops.stage.artifacts;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.BuildFacts;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.JobDefaults;
import dev.unitymlops.job.JobFile;
import dev.unitymlops.schemas.TrustedPackages;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job and its build's event, for the tests. */
final class Jobs {

    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    static {
        TrustedPackages.trust();
    }

    private Jobs() {}

    static TrainingJob job(String jobId) {
        String text = """
                job_id: %s
                unity_project_path: simulated:reach-target
                asset_spec:
                  asset_id: reacher
                  name: Reacher
                  description: Reach the target.
                  observation_space: {position: 2, velocity: 2}
                  action_space: {type: continuous, size: 2}
                rl_config: {algorithm: PPO}
                """.formatted(jobId);
        return switch (JobFile.parse(text, JobDefaults.none())) {
            case JobFile.Valid valid -> valid.job();
            case JobFile.Invalid invalid -> throw new AssertionError(invalid.problems());
        };
    }

    static BuildCompleted built(AttemptId id, Path folder, String contentHash, @Nullable ArtifactFile player) {
        return BuildCompleted.newBuilder()
                .setJobId(id.jobId())
                .setRun(id.run())
                .setAttempt(id.attempt())
                .setContentHash(contentHash)
                .setDryRun(false)
                .setStartedAt(START)
                .setCompletedAt(START.plusMillis(1500))
                .setArtifacts(folder.toUri().toString())
                .setJob(job(id.jobId()))
                .setBuild(BuildFacts.newBuilder()
                        .setRun(id.run())
                        .setAttempt(id.attempt())
                        .setArtifacts(folder.toUri().toString())
                        .setPlayer(player)
                        .setPlayerExecutable("player.x86_64")
                        .setScript(new ArtifactFile("file:///elsewhere/Reacher.cs", "0".repeat(64), 1L))
                        .setBehaviourOrigin("template")
                        .setReward("distance")
                        .setBuildTarget("StandaloneLinux64")
                        .setUnityVersion(null)
                        .setGitCommit(null)
                        .setGitDirty(null)
                        .setCommands(List.of(List.of("unity", "-batchmode")))
                        .setLog(null)
                        .build())
                .build();
    }
}
