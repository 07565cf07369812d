package dev.unitymlops.simulated.world;

import java.util.List;
import java.util.Locale;

/**
 * One observation that a job declares.
 *
 * @param name the job's word for it; a world reads from it what is meant ({@code target_position}, {@code velocity})
 * @param sensor how the agent senses it
 * @param size number of values
 * @param shape of a grid or camera, as declared; empty for the others
 */
public record Observation(String name, Sensor sensor, int size, List<Integer> shape) {

    /** The kinds of sensor that build-service generates. */
    public enum Sensor {
        VECTOR,
        RAYCAST,
        GRID,
        CAMERA;

        /** The word that stands for it in a file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Observation {
        shape = List.copyOf(shape);
    }
}
