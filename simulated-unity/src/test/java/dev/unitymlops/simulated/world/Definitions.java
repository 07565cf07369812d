package dev.unitymlops.simulated.world;

import dev.unitymlops.simulated.world.Observation.Sensor;
import java.util.List;

/** Definitions for tests. */
public final class Definitions {

    private Definitions() {}

    public static WorldDefinition reach(ActionSpace actions, Observation... observations) {
        return new WorldDefinition("reach-target", "Reach", 0, List.of(observations), actions, 5, 5000, 4);
    }

    public static Observation vector(String name, int size) {
        return new Observation(name, Sensor.VECTOR, size, List.of());
    }
}
