package dev.unitymlops.train;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.BuildFacts;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.stage.artifacts.PlayerArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Builds for tests. */
public final class Players {

    public static final String EXECUTABLE = "Reach.x86_64";

    private Players() {}

    /** The event of a build whose player is the folder's content, packed beside it. */
    public static BuildCompleted packed(TrainingJob job, Path folder) throws IOException {
        Path archive = PlayerArchive.pack(folder, folder.resolveSibling(folder.getFileName() + ".tar.gz"));
        return event(
                job,
                facts().setPlayer(ArtifactFiles.describe(archive))
                        .setPlayerExecutable(EXECUTABLE)
                        .build());
    }

    /** A player that does nothing: for trainers that are not the genuine one. */
    public static BuildCompleted idle(TrainingJob job, Path home) throws IOException {
        Path folder = Files.createDirectories(home.resolve("player"));
        Path player = Files.writeString(folder.resolve(EXECUTABLE), "#!/bin/sh\nexit 0\n");
        if (!player.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + player + " executable");
        }
        return packed(job, folder);
    }

    /** The event of a dry run, which has no player. */
    public static BuildCompleted dry(TrainingJob job) {
        return event(job, facts().build());
    }

    private static BuildFacts.Builder facts() {
        return BuildFacts.newBuilder()
                .setRun(1)
                .setAttempt(1)
                .setArtifacts("file:///store/job-1/run-1/build/attempt-1")
                .setBehaviourOrigin("template");
    }

    private static BuildCompleted event(TrainingJob job, BuildFacts facts) {
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        return BuildCompleted.newBuilder()
                .setJobId(job.getJobId())
                .setRun(1)
                .setAttempt(1)
                .setContentHash("0".repeat(64))
                .setDryRun(job.getDryRun())
                .setStartedAt(time)
                .setCompletedAt(time)
                .setArtifacts(facts.getArtifacts())
                .setJob(job)
                .setBuild(facts)
                .build();
    }
}
