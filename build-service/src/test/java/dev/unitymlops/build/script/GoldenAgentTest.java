package dev.unitymlops.build.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.build.Jobs;
import dev.unitymlops.build.StandInAttempt;
import dev.unitymlops.build.unity.BuildOrder;
import dev.unitymlops.build.unity.BuildSpecFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each row of the README's table has its golden script and build specification; -Dgolden.write=true writes them anew. */
class GoldenAgentTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir
    Path root;

    enum Row {
        POSITION_1("{'position': 1}"),
        POSITION_2("{'position': 2}"),
        POSITION_3("{'position': 3}"),
        ROTATION_1("{'rotation': 1}"),
        ROTATION_2("{'rotation': 2}"),
        ROTATION_3("{'rotation': 3}"),
        ROTATION_4("{'rotation': 4}"),
        VELOCITY_1("{'velocity': 1}"),
        VELOCITY_2("{'velocity': 2}"),
        VELOCITY_3("{'velocity': 3}"),
        ANGULAR_VELOCITY_1("{'angular_velocity': 1}"),
        ANGULAR_VELOCITY_3("{'angular_velocity': 3}"),
        TARGET_POSITION_3("{'target_position': 3}"),
        DIRECTION_2("{'direction': 2}"),
        DISTANCE("{'distance': 1}"),
        RAYCAST_VALUES("{'raycast': 8}"),
        CUSTOM("{'health': {'type': 'vector', 'size': 4}}"),
        RAYCAST_SENSOR("{'eyes': {'type': 'raycast', 'rays': 7, 'tags': ['wall', 'target'], 'length': 12}}"),
        GRID_ONE_HOT("{'map': {'type': 'grid', 'cells': [20, 16], 'tags': ['wall', 'food']}}"),
        GRID_COUNTING(
                "{'map': {'type': 'grid', 'kind': 'counting', 'cells': [8, 8], 'tags': ['food'], 'cell_size': 0.5}}"),
        CAMERA("{'view': {'type': 'camera', 'width': 64, 'height': 48, 'grayscale': true}}"),
        EVERYTHING("{'position': 3, 'velocity': 3, 'raycast': 4, 'ammo': {'type': 'vector', 'size': 1},"
                + " 'eyes': {'type': 'raycast', 'rays': 3, 'tags': ['wall']},"
                + " 'map': {'type': 'grid', 'cells': [20, 20], 'tags': ['wall']}}"),
        CONTINUOUS_1("{'velocity': 3}", "{'type': 'continuous', 'size': 1}"),
        CONTINUOUS_6("{'velocity': 3}", "{'type': 'continuous', 'size': 6}"),
        DISCRETE_2("{'velocity': 3}", "{'type': 'discrete', 'size': 2}"),
        DISCRETE_BRANCHES("{'velocity': 3}", "{'type': 'discrete', 'branches': [5, 3]}"),
        HYBRID("{'velocity': 3}", "{'type': 'hybrid', 'continuous': 2, 'discrete': [2]}"),
        INPUT_SYSTEM(
                "{'velocity': 3}",
                "{'type': 'input_system', 'asset': 'Assets/Controls.inputactions', 'map': 'Player', 'continuous': 2}"),
        GENERATED_SCENE("{'velocity': 3}", Row.TWO, "{'unity': {'scene': 'generated', 'decision_period': 10}}"),
        ATTACHED(
                "{'velocity': 3}",
                Row.TWO,
                "{'unity': {'scenes': ['Assets/Arena.unity'], 'attach_to': 'Arena/Agent', 'max_step': 0},"
                        + " 'rl_config': {'behavior_name': 'Arena.Walker'}}");

        private static final String TWO = "{'type': 'continuous', 'size': 2}";

        private final String observations;
        private final String actions;
        private final String fields;

        Row(String observations) {
            this(observations, "{'type': 'continuous', 'size': 2}");
        }

        Row(String observations, String actions) {
            this(observations, actions, "{}");
        }

        Row(String observations, String actions, String fields) {
            this.observations = observations.replace('\'', '"');
            this.actions = actions.replace('\'', '"');
            this.fields = fields.replace('\'', '"');
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachRowOfTheTableGivesItsScriptAndSpecification(Row row) throws IOException {
        BuildOrder order = order(row);

        Behaviour behaviour =
                new AgentScript(order.job().getAssetSpec(), order.spaces(), order.generatedScene()).write();

        assertGolden(row.name().toLowerCase(java.util.Locale.ROOT) + ".cs", behaviour.source());
        assertGolden(row.name().toLowerCase(java.util.Locale.ROOT) + ".spec.json", BuildSpecFile.write(order));
    }

    private BuildOrder order(Row row) throws IOException {
        return BuildOrder.of(StandInAttempt.of(Jobs.of(row.observations, row.actions, row.fields), root, command -> {
            throw new AssertionError("nothing is to be started");
        }));
    }

    private static void assertGolden(String name, String written) throws IOException {
        Path golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, written);
        }
        assertThat(golden).content().isEqualTo(written);
    }
}
