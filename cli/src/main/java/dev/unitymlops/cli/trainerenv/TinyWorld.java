package dev.unitymlops.cli.trainerenv;

import dev.unitymlops.simulated.player.PlayerMain;
import dev.unitymlops.simulated.world.ActionSpace;
import dev.unitymlops.simulated.world.Observation;
import dev.unitymlops.simulated.world.WorldDefinition;
import dev.unitymlops.simulated.world.WorldFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A simulated player for the training that checks an environment, run from this process's class path, so that nothing
 * has to be built. Its world is a file that goes when this is closed.
 */
final class TinyWorld implements AutoCloseable {
    private static final WorldDefinition REACH_TARGET = new WorldDefinition(
            "reach-target",
            "Check",
            0,
            List.of(new Observation("target_position", Observation.Sensor.VECTOR, 2, List.of())),
            new ActionSpace(2, List.of()),
            5,
            500,
            WorldDefinition.DEFAULT_AGENTS);

    private final Path definition;

    TinyWorld() throws IOException {
        this.definition = Files.createTempFile("mlops-check-world-", ".json");
        WorldFile.write(REACH_TARGET, definition);
    }

    /** The command before Unity's own arguments. */
    List<String> player() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                PlayerMain.class.getName(),
                "--definition",
                definition.toString());
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(definition);
    }
}
