package dev.unitymlops.simulated.world;

import dev.unitymlops.simulated.world.Observation.Sensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What an agent sees of its square, cut to the observations that a job declares. As in Unity, all vector observations make
 * one sensor, every ray-cast sensor is one of its own, and sensors are sorted by name.
 */
final class Sight {

    /** ML-Agents sorts by .NET's invariant culture: without regard to case, the underscore before digits before letters. */
    private static final Comparator<Eye> BY_SENSOR_NAME = Comparator.comparing(
            eye -> eye.spec().name().toLowerCase(Locale.ROOT).replace('_', ' '));

    private final List<Eye> eyes;

    private Sight(List<Eye> eyes) {
        this.eyes = eyes;
    }

    static Sight of(WorldDefinition definition) {
        // With nothing else to go by, an agent is told its position from the target's point of view.
        boolean positionIsOwn = definition.observations().stream().anyMatch(seen -> showsTheWay(seen, definition));
        List<Look> vector = new ArrayList<>();
        List<Eye> eyes = new ArrayList<>();
        for (Observation seen : definition.observations()) {
            if (seen.sensor() == Sensor.VECTOR) {
                Feature feature = feature(seen);
                vector.add(new Look(
                        feature == Feature.POSITION && !positionIsOwn ? Feature.TARGET : feature, seen.size()));
            } else {
                eyes.add(new Eye(
                        new SensorSpec(seen.name(), seen.size()), List.of(new Look(feature(seen), seen.size()))));
            }
        }
        if (!vector.isEmpty()) {
            int size = vector.stream().mapToInt(Look::size).sum();
            eyes.add(new Eye(new SensorSpec("VectorSensor_size" + size, size), List.copyOf(vector)));
        }
        eyes.sort(BY_SENSOR_NAME);
        return new Sight(List.copyOf(eyes));
    }

    static List<String> complaints(WorldDefinition definition) {
        List<String> complaints = new ArrayList<>();
        for (Observation seen : definition.observations()) {
            if (seen.sensor() == Sensor.GRID || seen.sensor() == Sensor.CAMERA) {
                complaints.add("Observation '" + seen.name() + "' wants a "
                        + seen.sensor().word() + " sensor; reach-target has vector and raycast sensors only.");
            } else if (seen.size() < 1) {
                complaints.add(
                        "Observation '" + seen.name() + "' has size " + seen.size() + "; it must be at least 1.");
            }
        }
        if (complaints.isEmpty() && !canFind(definition)) {
            complaints.add("No observation can tell the agent where its target is; declare one, for example"
                    + " target_position: 2 or raycast: 8.");
        }
        return complaints;
    }

    List<SensorSpec> sensors() {
        return eyes.stream().map(Eye::spec).toList();
    }

    /** One list of values per sensor. */
    List<List<Float>> look(Square square) {
        return eyes.stream().map(eye -> eye.see(square)).toList();
    }

    private static boolean canFind(WorldDefinition definition) {
        int axes = Steering.of(definition.actions()).axes();
        return definition.observations().stream()
                .anyMatch(seen -> showsTheWay(seen, definition)
                        || (feature(seen) == Feature.POSITION && Feature.TARGET.showsTheWay(seen.size(), axes)));
    }

    private static boolean showsTheWay(Observation seen, WorldDefinition definition) {
        return feature(seen)
                .showsTheWay(seen.size(), Steering.of(definition.actions()).axes());
    }

    private static Feature feature(Observation seen) {
        return seen.sensor() == Sensor.RAYCAST ? Feature.RAYS : Feature.of(seen.name());
    }

    private record Look(Feature feature, int size) {}

    private record Eye(SensorSpec spec, List<Look> looks) {
        List<Float> see(Square square) {
            return looks.stream()
                    .flatMap(look -> look.feature().see(square, look.size()).stream())
                    .toList();
        }
    }
}
