package dev.unitymlops.job;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the numbers of a vector observation are, and how many there may be. */
public enum Quantity {
    /** Position in the training area: x; x, z; or x, y, z. */
    POSITION(3),
    /** 1: heading; 2: its sine and cosine; 3: Euler angles; 4: quaternion. */
    ROTATION(4),
    /** Velocity in the agent's frame: forward; x, z; or x, y, z. */
    VELOCITY(3),
    /** Angular velocity: about y; about x, z; or about x, y, z. */
    ANGULAR_VELOCITY(3),
    /** The target seen from the agent: x; x, z; or x, y, z. */
    TARGET_POSITION(3),
    /** Unit vector to the target: x; x, z; or x, y, z. */
    DIRECTION(3),
    /** Distance to the target. */
    DISTANCE(1),
    /** Normalised distances of rays spread evenly around the agent, cast by the agent itself. */
    RAYCAST(360),
    /** Numbers that the game fills in. */
    CUSTOM(4096);

    private static final Map<String, Quantity> BY_KEY = Stream.of(values())
            .filter(quantity -> quantity != CUSTOM)
            .collect(Collectors.toUnmodifiableMap(Quantity::key, Function.identity()));

    private final int mostValues;

    Quantity(int mostValues) {
        this.mostValues = mostValues;
    }

    /** The quantity whose key this is; CUSTOM has none, it is written as {@code {type: vector, size: n}}. */
    static Optional<Quantity> ofKey(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /** The key that stands for it in {@code observation_space}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int mostValues() {
        return mostValues;
    }
}
