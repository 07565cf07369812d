package dev.unitymlops.build.script;

import dev.unitymlops.job.Observation;
import dev.unitymlops.job.Quantity;

/** The C# statements by which an agent adds one entry of its vector observation. */
final class VectorCode {

    private VectorCode() {}

    /** Statements for {@code CollectObservations}, indented by two levels. */
    static String statements(Observation.Vector vector) {
        return switch (vector.quantity()) {
            case POSITION -> axes("transform.localPosition", vector.size());
            case VELOCITY -> movement("body.linearVelocity", vector.size(), "z");
            case ANGULAR_VELOCITY -> movement("body.angularVelocity", vector.size(), "y");
            case TARGET_POSITION -> axes("WayToTarget()", vector.size());
            case DIRECTION -> axes("WayToTarget().normalized", vector.size());
            case DISTANCE -> add("WayToTarget().magnitude");
            case ROTATION -> rotation(vector.size());
            case RAYCAST -> "        AddRaysTo(sensor, " + vector.size() + ");\n";
            case CUSTOM -> add(field(vector));
        };
    }

    /** A public array that the game fills in, for an observation whose values only the game knows. */
    static String fields(Observation.Vector vector) {
        if (vector.quantity() != Quantity.CUSTOM) {
            return "";
        }
        return """
                    [Tooltip(%s)]
                    public float[] %s = new float[%d];
                """.formatted(
                CSharpText.literal("Values of the observation " + vector.name() + ", kept up to date by the game."),
                field(vector),
                vector.size());
    }

    /** The prefix keeps the name clear of C#'s keywords and of what Unity's classes already declare. */
    private static String field(Observation.Vector vector) {
        return "observed_" + vector.name();
    }

    /** 1: x; 2: x, z; 3: x, y, z. */
    private static String axes(String vector, int size) {
        return switch (size) {
            case 1 -> add(vector + ".x");
            case 2 -> add(vector + ".x") + add(vector + ".z");
            default -> add(vector);
        };
    }

    private static String movement(String worldVector, int size, String onlyAxis) {
        String seenByAgent = "transform.InverseTransformDirection(" + worldVector + ")";
        return size == 1 ? add(seenByAgent + "." + onlyAxis) : axes(seenByAgent, size);
    }

    private static String rotation(int size) {
        return switch (size) {
            case 1 -> add("transform.localEulerAngles.y / 360f");
            case 2 ->
                add("Mathf.Sin(transform.localEulerAngles.y * Mathf.Deg2Rad)")
                        + add("Mathf.Cos(transform.localEulerAngles.y * Mathf.Deg2Rad)");
            case 3 -> add("transform.localEulerAngles * (1f / 360f)");
            default -> add("transform.localRotation");
        };
    }

    private static String add(String expression) {
        return "        sensor.AddObservation(" + expression + ");\n";
    }
}
