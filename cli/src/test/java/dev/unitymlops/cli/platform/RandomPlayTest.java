package dev.unitymlops.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.simulated.world.ActionSpace;
import dev.unitymlops.simulated.world.Observation;
import dev.unitymlops.simulated.world.WorldDefinition;
import dev.unitymlops.simulated.world.WorldFile;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.stage.artifacts.PlayerArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomPlayTest {
    @TempDir
    Path folder;

    @Test
    void the_world_in_a_players_archive_is_played_the_same_for_the_same_seed() throws Exception {
        Path player = Files.createDirectories(folder.resolve("player"));
        WorldFile.write(
                new WorldDefinition(
                        "reach-target",
                        "Reach",
                        0,
                        List.of(new Observation("target_position", Observation.Sensor.VECTOR, 2, List.of())),
                        new ActionSpace(2, List.of()),
                        5,
                        50,
                        WorldDefinition.DEFAULT_AGENTS),
                player.resolve("world.json"));
        var archive = ArtifactFiles.describe(PlayerArchive.pack(player, folder.resolve("player.tar.gz")));

        double reward = RandomPlay.meanReward(archive, 42);

        assertThat(reward).isNotZero().isFinite().isEqualTo(RandomPlay.meanReward(archive, 42));
    }
}
