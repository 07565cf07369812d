package dev.unitymlops.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.Observation.Camera;
import dev.unitymlops.job.Observation.Grid;
import dev.unitymlops.job.Observation.GridKind;
import dev.unitymlops.job.Observation.RayCast;
import dev.unitymlops.job.Observation.Vector;
import dev.unitymlops.job.Spaces.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpacesTest {

    @Test
    void theGuidesAgentObservesTenNumbers() {
        Spaces spaces = observing("{\"raycast\": 8, \"velocity\": 2}");
        assertThat(spaces.observations())
                .containsExactly(
                        new Vector("raycast", 8, Quantity.RAYCAST), new Vector("velocity", 2, Quantity.VELOCITY));
        assertThat(spaces.onnxInputs()).containsExactly(new Tensor("obs_0", List.of(10)));
    }

    @Test
    void nothingDeclaredMeansTheDefaults() {
        Spaces spaces = observing("{}");
        assertThat(spaces.vectorSize()).isEqualTo(6);
        assertThat(acting("{}")).isEqualTo(new Actions(2, List.of(), null));
    }

    @Test
    void theDefaultsAreToldAsWarnings() {
        TrainingJob job = Jobs.with("asset_spec.observation_space", "{}", "asset_spec.action_space", "{}");
        assertThat(JobRules.inspect(job, Where.HERE).warnings()).hasSize(2);
    }

    @Test
    void sensorsComeInTheOrderOfTheirNamesWithTheVectorAmongThem() {
        Spaces spaces = observing("""
                {"walls": {"type": "raycast", "rays": 5, "tags": ["wall"]},
                 "velocity": 3,
                 "eye": {"type": "camera", "width": 84, "height": 36, "grayscale": true},
                 "area": {"type": "grid", "kind": "counting", "cells": [20, 30], "tags": ["a", "b", "c"]},
                 "position": 2}
                """);
        assertThat(spaces.sensors())
                .containsExactly(
                        new Tensor("area", List.of(3, 20, 30)),
                        new Tensor("eye", List.of(1, 36, 84)),
                        new Tensor("VectorSensor_size5", List.of(5)),
                        new Tensor("walls", List.of(15)));
        assertThat(spaces.onnxInputs()).extracting(Tensor::name).containsExactly("obs_0", "obs_1", "obs_2", "obs_3");
        assertThat(spaces.needsGraphics()).isTrue();
    }

    @Test
    void eachKindKeepsWhatItWasGiven() {
        assertThat(observing("{\"raycast\": {\"rays\": 7, \"tags\": [\"a\"], \"length\": 12.5, \"degrees\": 90}}")
                        .observations())
                .containsExactly(new RayCast("raycast", 7, List.of("a"), 12.5, 90));
        assertThat(observing("{\"map\": {\"type\": \"grid\", \"cells\": [4, 5], \"tags\": [\"a\"], \"cell_size\": 2}}")
                        .observations())
                .containsExactly(new Grid("map", GridKind.ONE_HOT, 4, 5, 2, List.of("a")));
        assertThat(observing("{\"camera\": {}}").observations()).containsExactly(new Camera("camera", 84, 84, 3));
        assertThat(observing("{\"mine\": {\"type\": \"vector\", \"size\": 9}}").observations())
                .containsExactly(new Vector("mine", 9, Quantity.CUSTOM));
    }

    @ParameterizedTest
    @CsvSource({"20, simple", "19, match3", "5, match3", "4, fully_connected"})
    void theEncoderFitsTheSmallestPicture(int side, String encoder) {
        assertThat(observing("{\"grid\": {\"cells\": [64, " + side + "], \"tags\": [\"a\"]}}")
                        .visualEncoder())
                .isEqualTo(encoder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"raycst": 8}                                    | .raycst          | Did you mean raycast?
            {"speed_of_light": 8}                            | .speed_of_light  | type: vector
            {"velocity": 4}                                  | .velocity        | how many numbers
            {"velocity": "2"}                                | .velocity        | how many numbers
            {"velocity": 1.5}                                | .velocity        | how many numbers
            {"velocity": -1}                                 | .velocity        | how many numbers
            {"Velocity": 2}                                  | .Velocity        | lower-case
            {"a": {"type": "sonar"}}                         | .a.type          | camera, grid, raycast, vector
            {"a": {"type": "vector"}}                        | .a.size          | size: 1
            {"a": {"type": "vector", "size": 2, "sizes": 3}} | .a.sizes         | Did you mean size?
            {"raycast": {"rays": 8, "tags": ["a"]}}          | .raycast.rays    | 9
            {"raycast": {"rays": 7}}                         | .raycast.tags    | [wall, target]
            {"raycast": {"rays": 7, "tags": ["a", "a"]}}     | .raycast.tags    | [wall, target]
            {"raycast": {"rays": 7, "tags": ["a\\"b"]}}      | .raycast.tags    | [wall, target]
            {"grid": {"cells": [4], "tags": ["a"]}}          | .grid.cells      | [20, 20]
            {"grid": {"cells": [4, 4], "tags": ["a"], "kind": "hot"}} | .grid.kind | one-hot
            {"camera": {"width": 0}}                         | .camera.width    | width: 1
            {"camera": {"width": 2048, "height": 2048}}      | ``               | at most
            """)
    void badObservations(String json, String field, String remedy) {
        badSpace("asset_spec.observation_space", json, field, remedy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"size": 2}                                      | .type       | continuous, discrete
            {"type": "continous", "size": 2}                 | .type       | continuous
            {"type": "continuous"}                           | .size       | size: 1
            {"type": "continuous", "size": 0}                | .size       | size: 1
            {"type": "continuous", "size": 2, "branches": [2]} | .branches | Known here
            {"type": "discrete"}                             | .branches   | [3, 2]
            {"type": "discrete", "branches": [3, 1]}         | .branches   | [3, 2]
            {"type": "discrete", "branches": []}             | .branches   | [3, 2]
            {"type": "hybrid", "continuous": 2}              | .discrete   | [3, 2]
            {"type": "input_system", "map": "b", "continuous": 2} | .asset      | Controls
            {"type": "input_system", "asset": "a", "map": "b"} | .continuous | both
            """)
    void badActions(String json, String field, String remedy) {
        badSpace("asset_spec.action_space", json, field, remedy);
    }

    @Test
    void actions() {
        assertThat(acting("{\"type\": \"Discrete\", \"branches\": [3, 2]}"))
                .isEqualTo(new Actions(0, List.of(3, 2), null));
        assertThat(acting("{\"type\": \"discrete\", \"size\": 4}")).isEqualTo(new Actions(0, List.of(4), null));
        assertThat(acting("{\"type\": \"hybrid\", \"continuous\": 2, \"discrete\": [3]}"))
                .isEqualTo(new Actions(2, List.of(3), null));
        assertThat(
                        acting(
                                "{\"type\": \"input-system\", \"asset\": \"A.inputactions\", \"map\": \"P\", \"continuous\": 1}"))
                .isEqualTo(new Actions(1, List.of(), new Actions.InputSystem("A.inputactions", "P")));
    }

    @Test
    void discreteActionsGiveTheModelAMask() {
        TrainingJob job = Jobs.with("asset_spec.action_space", "{\"type\": \"discrete\", \"branches\": [3, 2]}");
        assertThat(Spaces.of(job).onnxInputs())
                .containsExactly(new Tensor("obs_0", List.of(4)), new Tensor("action_masks", List.of(5)));
    }

    @Test
    void spacesOfARefusedJobAreAnError() {
        TrainingJob job = Jobs.with("asset_spec.observation_space", "{\"raycst\": 8}");
        assertThatThrownBy(() -> Spaces.of(job))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("raycst");
    }

    private static void badSpace(String space, String json, String field, String remedy) {
        List<Problem> problems = JobRules.check(Jobs.with(space, json), Where.HERE);
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.getField()).isEqualTo(space + field);
            assertThat(problem.getRemedy()).contains(remedy);
        });
    }

    private static Spaces observing(String json) {
        return Spaces.of(Jobs.with("asset_spec.observation_space", json));
    }

    private static Actions acting(String json) {
        return Spaces.of(Jobs.with("asset_spec.action_space", json)).actions();
    }
}
