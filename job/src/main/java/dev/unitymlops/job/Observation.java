package dev.unitymlops.job;

import java.util.List;

/** One entry of {@code observation_space}: what the agent observes and the tensor it gives, without the batch. */
public sealed interface Observation {

    /** The key in {@code observation_space}; also the sensor's name, where the entry is a sensor of its own. */
    String name();

    /** Shape in the trainer and in the ONNX model alike: [n], or [channels, height, width]. */
    List<Integer> onnxShape();

    /** Whether the entry is a sensor of its own; otherwise it is part of the agent's one vector observation. */
    default boolean ownSensor() {
        return !(this instanceof Vector);
    }

    /** Numbers that the agent adds to its vector observation. */
    record Vector(String name, int size, Quantity quantity) implements Observation {
        @Override
        public List<Integer> onnxShape() {
            return List.of(size);
        }
    }

    /**
     * A RayPerceptionSensorComponent3D.
     *
     * @param rays odd: one ahead and as many to each side ({@code RaysPerDirection} is {@code (rays - 1) / 2})
     * @param lengthMetres reach of a ray, in Unity units
     * @param degrees angle from straight ahead to the outermost ray
     */
    record RayCast(String name, int rays, List<String> tags, double lengthMetres, double degrees)
            implements Observation {
        public RayCast {
            tags = List.copyOf(tags);
        }

        public int raysPerDirection() {
            return (rays - 1) / 2;
        }

        /** Per ray one value per tag, "hit nothing" and the distance (ML-Agents, RayPerceptionInput.OutputSize). */
        @Override
        public List<Integer> onnxShape() {
            return List.of(rays * (tags.size() + 2));
        }
    }

    /**
     * A grid of cells around the agent.
     *
     * @param cellSize side of a cell, in Unity units
     */
    record Grid(String name, GridKind kind, int cellsX, int cellsZ, double cellSize, List<String> tags)
            implements Observation {
        public Grid {
            tags = List.copyOf(tags);
        }

        /** One channel per tag; ML-Agents puts x before z (GridSensorBase). */
        @Override
        public List<Integer> onnxShape() {
            return List.of(tags.size(), cellsX, cellsZ);
        }
    }

    /** A picture in pixels, with 3 channels or 1. */
    record Camera(String name, int width, int height, int channels) implements Observation {
        @Override
        public List<Integer> onnxShape() {
            return List.of(channels, height, width);
        }
    }

    /** What a cell of a grid says. */
    enum GridKind {
        /** 1 in the channel of the tag found in the cell (OneHotGridSensor). */
        ONE_HOT,
        /** How many of each tag are in the cell, normalised (CountingGridSensor). */
        COUNTING
    }
}
