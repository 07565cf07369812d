package dev.unitymlops.train;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.BuildFacts;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.stage.artifacts.PlayerArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The player on this machine. */
final class PlayerFiles {

    private static final String FOLDER = "player";

    private PlayerFiles() {}

    /**
     * Where the player's executable is, or in a dry run would be.
     *
     * @throws StageFailure when the build names a path outside its archive
     */
    static Path executable(BuildFacts build, TrainingJob job, Path scratch) throws StageFailure {
        String named = build.getPlayerExecutable();
        Path folder = scratch.resolve(FOLDER).normalize();
        Path executable = folder.resolve(named == null ? job.getAssetSpec().getName() + ".x86_64" : named)
                .normalize();
        if (!executable.startsWith(folder)) {
            throw StageFailure.user("build.player_executable leads out of the player's archive: " + named);
        }
        return executable;
    }

    /** Fetches the archive, checks that it is the one that was built, and unpacks it. */
    static void fetch(BuildFacts build, Path scratch) throws StageFailure, IOException {
        ArtifactFile archive = build.getPlayer();
        if (archive == null || build.getPlayerExecutable() == null) {
            throw StageFailure.user("the build has no player (it was a dry run); build it with dry_run: false");
        }
        Path local = ArtifactFiles.fetch(archive, scratch.resolve("player.tar.gz"));
        PlayerArchive.unpack(local, scratch.resolve(FOLDER));
        Files.delete(local);
    }
}
