package dev.unitymlops.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.simulated.world.RandomPolicy;
import dev.unitymlops.simulated.world.WorldDefinition;
import dev.unitymlops.simulated.world.WorldFile;
import dev.unitymlops.stage.artifacts.PlayerArchive;
import dev.unitymlops.system.Checkout;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newcomer's command: a job file in, a model out that was trained by the genuine {@code mlagents-learn}. */
class RealTrainingTest {
    private static final int EPISODES = 200;

    @Test
    void trainsAModelThatBeatsARandomPolicy(@TempDir Path folder) throws Exception {
        GenuineTrainer.require("RealTrainingTest");
        try (Mlops mlops = new Mlops(folder)) {
            Mlops.Ended ended = mlops.run(
                    Duration.ofMinutes(10),
                    "run",
                    Checkout.file("examples/reach-target.yaml").toString(),
                    "--json");
            assertThat(ended.exitCode()).as(ended.toString()).isZero();
            JsonNode result = ended.json();
            assertThat(result.path("state").textValue()).isEqualTo("succeeded");
            assertThat(result.path("dry_run").booleanValue()).isFalse();
            assertThat(result.path("training").path("steps").longValue()).isGreaterThanOrEqualTo(50_000);
            assertThat(result.path("models")).hasSize(1);
            JsonNode model = result.path("models").path(0);
            Path file = Path.of(URI.create(model.path("uri").textValue()));
            assertThat(sha256(file)).isEqualTo(model.path("sha256").textValue());

            WorldDefinition world = world(mlops.artifacts("reach-target"), folder.resolve("player"));
            RandomPolicy.Score random = RandomPolicy.play(world, 5, EPISODES);
            double clearlyBetter = random.meanReward() + random.std();
            assertThat(result.path("training").path("mean_reward").doubleValue())
                    .as("what the trainer says")
                    .isGreaterThan(clearlyBetter);
            assertThat(PlayedModel.meanReward(file, world, EPISODES))
                    .as("what the model earns in ONNX Runtime; a random policy earns %s", random.toJson())
                    .isGreaterThan(clearlyBetter);
        }
    }

    /** That of the player in which the job was trained. */
    private static WorldDefinition world(Path artifacts, Path folder) throws Exception {
        PlayerArchive.unpack(artifacts.resolve("run-1/build/attempt-1/player.tar.gz"), folder);
        try (Stream<Path> files = Files.walk(folder)) {
            return WorldFile.read(
                    files.filter(it -> it.endsWith("world.json")).findFirst().orElseThrow());
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
