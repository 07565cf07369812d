package dev.unitymlops.simulated.world;

import dev.unitymlops.simulated.world.Observation.Sensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What an agent sees of its square, cut to the observations that a job declares. As in Unity, all vector observations make
 * one sensor, every ray-cast is one of its own, and sensors are sorted by name.
 */
final class Sight {

    private final List<Eye> eyes;

    private Sight(List<Eye> eyes) {
        this.eyes = eyes;
    }

    static Sight of(WorldDefinition definition) {
        List<Observation> vectors = of(definition, Sensor.VECTOR);
        boolean positionIsOwn = tellsTarget(definition);
        List<Eye> eyes = new ArrayList<>();
        if (!vectors.isEmpty()) {
            List<Look> looks =
                    vectors.stream().map(vector -> look(vector, positionIsOwn)).toList();
            int size = vectors.stream().mapToInt(Observation::size).sum();
            eyes.add(new Eye(new SensorSpec("VectorSensor_size" + size, size), looks));
        }
        of(definition, Sensor.RAYCAST)
                .forEach(rays -> eyes.add(new Eye(
                        new SensorSpec(rays.name(), rays.size()), List.of(square -> rays(square, rays.size())))));
        eyes.sort(Comparator.comparing(eye -> eye.spec().name()));
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

    /** One list of values in [-1, 1] per sensor. */
    List<List<Float>> look(Square square) {
        return eyes.stream().map(eye -> eye.see(square)).toList();
    }

    private static List<Observation> of(WorldDefinition definition, Sensor sensor) {
        return definition.observations().stream()
                .filter(seen -> seen.sensor() == sensor)
                .toList();
    }

    private static boolean canFind(WorldDefinition definition) {
        int axes = Steering.of(definition.actions()).axes();
        return definition.observations().stream()
                .anyMatch(seen -> seen.sensor() == Sensor.RAYCAST
                        ? seen.size() > axes
                        : meaning(seen) != Meaning.VELOCITY && seen.size() >= axes);
    }

    /** Whether something but a bare position tells of the target; else the position is taken relative to it. */
    private static boolean tellsTarget(WorldDefinition definition) {
        return !of(definition, Sensor.RAYCAST).isEmpty()
                || of(definition, Sensor.VECTOR).stream().anyMatch(seen -> meaning(seen) == Meaning.TARGET);
    }

    private enum Meaning {
        TARGET,
        VELOCITY,
        POSITION
    }

    private static Meaning meaning(Observation seen) {
        String name = seen.name().toLowerCase(Locale.ROOT);
        if (Stream.of("target", "goal").anyMatch(name::contains)) {
            return Meaning.TARGET;
        }
        if (Stream.of("velocity", "speed").anyMatch(name::contains)) {
            return Meaning.VELOCITY;
        }
        return name.contains("position") ? Meaning.POSITION : Meaning.TARGET;
    }

    private static Look look(Observation vector, boolean positionIsOwn) {
        int size = vector.size();
        return switch (meaning(vector)) {
            case VELOCITY ->
                square -> spread(size, square.speed(0) / Square.TOP_SPEED, square.speed(1) / Square.TOP_SPEED, 0);
            case POSITION ->
                positionIsOwn ? square -> spread(size, square.place(0), square.place(1), 0) : toTarget(size);
            case TARGET -> toTarget(size);
        };
    }

    private static Look toTarget(int size) {
        return square ->
                spread(size, square.wayAlong(0) / 2, square.wayAlong(1) / 2, square.distance() / Square.DIAGONAL);
    }

    /** Three values are a Unity vector, whose middle one is the height; more hold the extra value and then zeros. */
    private static List<Float> spread(int size, double x, double z, double extra) {
        double[] known = size == 3 ? new double[] {x, 0, z} : new double[] {x, z, extra};
        return IntStream.range(0, size)
                .mapToObj(index -> index < known.length ? (float) known[index] : 0f)
                .toList();
    }

    /** Evenly spread rays with wide beams; a ray answers the more, the straighter it hits and the nearer the target is. */
    private static List<Float> rays(Square square, int number) {
        double bearing = Math.atan2(square.wayAlong(1), square.wayAlong(0));
        double brightness = 1 - 0.8 * square.distance() / Square.DIAGONAL;
        return IntStream.range(0, number)
                .mapToObj(ray -> (float) (brightness * Math.max(0, Math.cos(bearing - 2 * Math.PI * ray / number))))
                .toList();
    }

    @FunctionalInterface
    private interface Look {
        List<Float> at(Square square);
    }

    private record Eye(SensorSpec spec, List<Look> looks) {
        List<Float> see(Square square) {
            return looks.stream().flatMap(look -> look.at(square).stream()).toList();
        }
    }
}
