package dev.unitymlops.cli.platform;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.simulated.world.RandomPolicy;
import dev.unitymlops.simulated.world.WorldDefinition;
import dev.unitymlops.simulated.world.WorldFile;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.stage.artifacts.PlayerArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Plays the simulated world that a job was trained in with a random policy: the figure that training has to beat. */
final class RandomPlay {
    private static final String SIMULATED = "simulated:";
    private static final int EPISODES = 500;

    private RandomPlay() {}

    static boolean possible(TrainingJob job) {
        return !job.getDryRun() && job.getUnityProjectPath().startsWith(SIMULATED);
    }

    /**
     * Mean reward of an episode.
     *
     * @param player the archive that the training played
     */
    static double meanReward(ArtifactFile player, long seed) throws IOException {
        try (var folder = RunFolders.create()) {
            PlayerArchive.unpack(
                    ArtifactFiles.pathOf(player.getUri()), folder.path().resolve("player"));
            return RandomPolicy.play(world(folder.path()), seed, EPISODES).meanReward();
        }
    }

    private static WorldDefinition world(Path player) throws IOException {
        try (Stream<Path> files = Files.walk(player)) {
            Path found = files.filter(file -> file.endsWith("world.json"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no world.json in the player's archive"));
            return WorldFile.read(found);
        }
    }
}
