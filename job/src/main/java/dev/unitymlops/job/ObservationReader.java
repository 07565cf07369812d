package dev.unitymlops.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.job.Observation.Camera;
import dev.unitymlops.job.Observation.Grid;
import dev.unitymlops.job.Observation.GridKind;
import dev.unitymlops.job.Observation.RayCast;
import dev.unitymlops.job.Observation.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code observation_space}. */
final class ObservationReader {
    static final String FIELD = "asset_spec.observation_space";

    /** Lower case, so that the order of sensors does not hang on a culture's rules for case. */
    private static final String NAME = "[a-z][a-z0-9_]{0,47}";

    /** Unity's tags; quoted by who writes them into C#. */
    private static final String TAG = "[A-Za-z_][A-Za-z0-9_ -]{0,63}";

    private static final int MOST_OBSERVATIONS = 64;
    private static final int MOST_TAGS = 32;

    /** The trainer takes messages of at most 4 MiB: a million floats of all agents of one step. */
    private static final long MOST_FLOATS = 500_000;

    private static final Set<String> TYPES = Set.of("vector", "raycast", "grid", "camera");

    private final Findings findings;

    private ObservationReader(Findings findings) {
        this.findings = findings;
    }

    static List<Observation> read(String json, Findings findings) {
        ObjectNode space = JsonText.object(json, FIELD, findings);
        List<Observation> observations = new ObservationReader(findings).observations(space);
        if (space.isEmpty()) {
            findings.warning(
                    FIELD + " is empty: the agent observes its position (3 values) and its velocity (3 values)");
            return List.of(new Vector("position", 3, Quantity.POSITION), new Vector("velocity", 3, Quantity.VELOCITY));
        }
        return observations;
    }

    private List<Observation> observations(ObjectNode space) {
        List<Observation> observations = new ArrayList<>();
        space.properties().stream()
                .limit(MOST_OBSERVATIONS)
                .forEach(entry -> observation(entry.getKey(), entry.getValue()).ifPresent(observations::add));
        long floats = observations.stream().mapToLong(ObservationReader::floats).sum();
        if (space.size() > MOST_OBSERVATIONS || floats > MOST_FLOATS) {
            findings.problem(
                    FIELD,
                    space.size() + " observations, " + floats + " values",
                    "is more than the trainer's protocol carries",
                    "Observe at most " + MOST_OBSERVATIONS + " things and " + MOST_FLOATS + " values.");
        }
        return observations;
    }

    private static long floats(Observation observation) {
        return observation.onnxShape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    private Optional<Observation> observation(String name, JsonNode value) {
        String path = FIELD + "." + name;
        if (!name.matches(NAME)) {
            findings.problem(
                    path, value, "is not a sensor name", "Use up to 48 lower-case letters, digits, underscores.");
            return Optional.empty();
        }
        if (value instanceof ObjectNode object) {
            return described(name, new Attributes(object, path, findings), object.get("type"), path);
        }
        return Optional.ofNullable(numbered(name, value, path));
    }

    /** {@code name: n}: n values of a known quantity. */
    private @Nullable Observation numbered(String name, JsonNode value, String path) {
        Quantity quantity = Quantity.ofKey(name).orElse(null);
        if (quantity == null) {
            findings.problem(path, value, "is not a known observation", remedy(name));
            return null;
        }
        Integer size = Attributes.wholeNumber(value);
        if (size == null || size < 1 || size > quantity.mostValues()) {
            findings.problem(
                    path,
                    value,
                    "is not a number of values from 1 to " + quantity.mostValues(),
                    "Give how many numbers the agent observes.");
            return null;
        }
        return new Vector(name, size, quantity);
    }

    private static String remedy(String name) {
        List<String> keys = Stream.concat(
                        Stream.of(Quantity.values())
                                .filter(q -> q != Quantity.CUSTOM)
                                .map(Quantity::key),
                        Stream.of("grid", "camera"))
                .toList();
        return Suggestion.nearest(name, keys)
                        .map(near -> "Did you mean " + near + "? ")
                        .orElse("")
                + "Known are " + String.join(", ", keys) + "; for numbers of your own write " + name
                + ": {type: vector, size: n}.";
    }

    /** {@code name: {type: ..., ...}}; the type may be left out where the name is one. */
    private Optional<Observation> described(String name, Attributes of, @Nullable JsonNode typeNode, String path) {
        String type = of.has("type") && typeNode != null ? typeNode.asText() : name;
        Observation observation = switch (type.toLowerCase(Locale.ROOT)) {
            case "vector" -> new Vector(name, of.whole("size", 1, Quantity.CUSTOM.mostValues()), Quantity.CUSTOM);
            case "raycast" -> rayCast(name, of);
            case "grid" -> grid(name, of);
            case "camera" -> camera(name, of);
            default -> null;
        };
        if (observation == null) {
            findings.problem(
                    path + ".type",
                    typeNode,
                    "is not a kind of observation",
                    "Give type: " + String.join(", ", new TreeSet<>(TYPES)) + ".");
        } else {
            of.end();
        }
        return Optional.ofNullable(observation);
    }

    private RayCast rayCast(String name, Attributes of) {
        int rays = of.whole("rays", 1, 101);
        if (rays % 2 == 0) {
            of.wrong("rays", Json.tree(rays), "even", "Give one ray ahead and as many to each side: " + (rays + 1));
        }
        List<String> tags = of.texts("tags", MOST_TAGS, TAG, "[wall, target]");
        return new RayCast(name, rays, tags, of.real("length", 1, 1000, 20), of.real("degrees", 0, 180, 70));
    }

    private Grid grid(String name, Attributes of) {
        List<Integer> cells = of.wholes("cells", 2, 2, 1, 512, "[20, 20]");
        List<String> tags = of.texts("tags", MOST_TAGS, TAG, "[wall, target]");
        String kind = of.has("kind") ? of.text("kind", 20, "one-hot") : "one-hot";
        if (!Set.of("one-hot", "counting").contains(kind)) {
            of.wrong("kind", Json.tree(kind), "neither one-hot nor counting", "Write one-hot or counting");
        }
        return new Grid(
                name,
                kind.equals("counting") ? GridKind.COUNTING : GridKind.ONE_HOT,
                cells.size() == 2 ? cells.getFirst() : 1,
                cells.size() == 2 ? cells.getLast() : 1,
                of.real("cell_size", 0.01, 1000, 1),
                tags);
    }

    private Camera camera(String name, Attributes of) {
        int width = of.whole("width", 1, 2048, 84);
        int height = of.whole("height", 1, 2048, 84);
        return new Camera(name, width, height, of.flag("grayscale", false) ? 1 : 3);
    }
}
