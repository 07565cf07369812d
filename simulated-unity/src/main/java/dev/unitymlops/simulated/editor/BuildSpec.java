package dev.unitymlops.simulated.editor;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.unitymlops.simulated.world.ActionSpace;
import dev.unitymlops.simulated.world.Observation;
import dev.unitymlops.simulated.world.Observation.Sensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What build-service asks the editor's build method for, in the file that {@code -mlopsBuildSpec} names.
 *
 * @param className C# class of the agent
 * @param behaviorName Unity's Behavior Name
 * @param script its source, relative to the project
 * @param scenes to build, relative to the project; empty: those of the build settings
 * @param attachTo GameObject path in the first scene, or a prefab's path; null: none named
 * @param sceneGenerated whether the build method makes a scene for the agent
 */
record BuildSpec(
        String className,
        String behaviorName,
        String script,
        List<String> scenes,
        @Nullable String attachTo,
        boolean sceneGenerated,
        List<Observation> observations,
        ActionSpace actions,
        int decisionPeriod,
        int maxStep) {

    /** @throws BuildFailure when the file is no JSON object or fields are missing or wrong, naming each */
    static BuildSpec read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BuildFailure("The build specification " + file + " does not exist.");
        }
        JsonElement json;
        try {
            json = JsonParser.parseString(Files.readString(file));
        } catch (JsonParseException damaged) {
            throw new BuildFailure("The build specification " + file + " is no JSON: " + damaged.getMessage());
        }
        if (!json.isJsonObject()) {
            throw new BuildFailure("The build specification " + file + " is no JSON object.");
        }
        return new Reader(json.getAsJsonObject()).spec();
    }

    /** Reads fields and remembers what is wrong, so that all of it is told at once. */
    private static final class Reader {
        private final JsonObject json;
        private final List<String> problems = new ArrayList<>();

        Reader(JsonObject json) {
            this.json = json;
        }

        BuildSpec spec() {
            BuildSpec spec = new BuildSpec(
                    text(json, "class_name"),
                    text(json, "behavior_name"),
                    text(json, "script"),
                    list(json, "scenes", JsonElement::getAsString),
                    optional(json, "attach_to", JsonElement::getAsString)
                            .filter(target -> !target.isBlank())
                            .orElse(null),
                    optional(json, "scene", JsonElement::getAsString)
                            .filter("generated"::equals)
                            .isPresent(),
                    list(json, "observations", seen -> observation(seen.getAsJsonObject())),
                    optional(json, "actions", JsonElement::getAsJsonObject)
                            .map(this::actions)
                            .orElseGet(() -> new ActionSpace(0, List.of())),
                    optional(json, "decision_period", JsonElement::getAsInt).orElse(5),
                    optional(json, "max_step", JsonElement::getAsInt).orElse(5000));
            if (!problems.isEmpty()) {
                throw new BuildFailure(problems);
            }
            return spec;
        }

        private Observation observation(JsonObject seen) {
            String word = text(seen, "sensor");
            Sensor sensor = Arrays.stream(Sensor.values())
                    .filter(known -> known.word().equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseGet(() -> {
                        problems.add("Build specification: sensor is '" + word
                                + "'; use one of vector, raycast, grid, camera.");
                        return Sensor.VECTOR;
                    });
            return new Observation(
                    text(seen, "name"),
                    sensor,
                    optional(seen, "size", JsonElement::getAsInt).orElse(0),
                    list(seen, "shape", JsonElement::getAsInt));
        }

        private ActionSpace actions(JsonObject actions) {
            return new ActionSpace(
                    optional(actions, "continuous", JsonElement::getAsInt).orElse(0),
                    list(actions, "discrete", JsonElement::getAsInt));
        }

        private String text(JsonObject from, String field) {
            String text =
                    optional(from, field, JsonElement::getAsString).orElse("").strip();
            if (text.isEmpty()) {
                problems.add("Build specification: " + field + " is missing or empty.");
            }
            return text;
        }

        private <T> List<T> list(JsonObject from, String field, Function<JsonElement, T> read) {
            return optional(
                            from,
                            field,
                            array -> array.getAsJsonArray().asList().stream()
                                    .map(read)
                                    .toList())
                    .orElse(List.of());
        }

        private <T> Optional<T> optional(JsonObject from, String field, Function<JsonElement, T> read) {
            JsonElement value = from.get(field);
            if (value == null || value.isJsonNull()) {
                return Optional.empty();
            }
            try {
                return Optional.of(read.apply(value));
            } catch (IllegalStateException | UnsupportedOperationException | NumberFormatException wrong) {
                problems.add("Build specification: " + field + " is " + value + ", which is not of the expected type.");
                return Optional.empty();
            }
        }
    }
}
