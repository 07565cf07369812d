package dev.unitymlops.trainerenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unitymlops.simulated.player.PlayerMain;
import dev.unitymlops.simulated.world.ActionSpace;
import dev.unitymlops.simulated.world.Observation;
import dev.unitymlops.simulated.world.WorldDefinition;
import dev.unitymlops.simulated.world.WorldFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the environment of {@code -Dtrainer.env}, else the one in the cache; skipped where there is none, unless MLOPS_REQUIRE_TRAINER_ENV=true. */
@Timeout(300)
class GenuineTrainerTest {
    private static Optional<TrainerEnv> found = Optional.empty();

    @TempDir
    Path temp;

    @BeforeAll
    static void find() {
        var settings = TrainerEnvSettings.from(System.getenv());
        var named = System.getProperty("trainer.env", "");
        found = TrainerEnv.locate(named.isEmpty() ? settings : settings.withFolder(Path.of(named)));
        var reason = "no trainer environment in " + settings.home()
                + " (`.ci/trainer-env` makes one, -Dtrainer.env names one)";
        if (found.isEmpty() && "true".equals(System.getenv("MLOPS_REQUIRE_TRAINER_ENV"))) {
            fail("MLOPS_REQUIRE_TRAINER_ENV is true, but there is " + reason);
        }
        if (found.isEmpty()) {
            System.out.println("GenuineTrainerTest is skipped: " + reason);
        }
        assumeTrue(found.isPresent(), reason);
    }

    @Test
    void the_genuine_trainer_comes_up() throws Exception {
        assertThat(new TrainerEnvCheck(System.getenv()).start(found.orElseThrow()))
                .allMatch(Finding::ok);
    }

    @Test
    void a_package_put_in_front_is_seen_only_in_an_environment_of_the_users_own() throws Exception {
        var check = new TrainerEnvCheck(withNumpyInFront("1.26.4"));
        var ours = new TrainerEnv(
                found.orElseThrow().mlagentsLearn(), found.orElseThrow().python(), true);
        var theirs = new TrainerEnv(ours.mlagentsLearn(), ours.python(), false);

        assertThat(check.versions(ours)).allMatch(Finding::ok);
        assertThat(check.versions(theirs))
                .filteredOn(finding -> !finding.ok())
                .extracting(Finding::check, Finding::found)
                .containsExactly(tuple("numpy", "1.26.4"));
    }

    @Test
    void it_trains_and_exports_with_the_simulated_player() throws Exception {
        var world = temp.resolve("world.json");
        WorldFile.write(
                new WorldDefinition(
                        "reach-target",
                        "Reach",
                        0,
                        List.of(new Observation("target_position", Observation.Sensor.VECTOR, 2, List.of())),
                        new ActionSpace(2, List.of()),
                        5,
                        500,
                        WorldDefinition.DEFAULT_AGENTS),
                world);
        var player = List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PlayerMain.class.getName(),
                "--definition",
                world.toString());

        var findings = new TrainerEnvCheck(System.getenv()).training(found.orElseThrow(), player);

        assertThat(findings)
                .allMatch(Finding::ok)
                .last()
                .isEqualTo(Finding.good("training", "400 steps, exported", "400 steps, exit code 0 and an .onnx file"));
    }

    private Map<String, String> withNumpyInFront(String version) throws IOException {
        var info = Files.createDirectories(temp.resolve("numpy-" + version + ".dist-info"));
        Files.writeString(info.resolve("METADATA"), "Metadata-Version: 2.1\nName: numpy\nVersion: " + version + "\n");
        var environment = new HashMap<>(System.getenv());
        environment.put("PYTHONPATH", temp.toString());
        return environment;
    }
}
