package dev.unitymlops.simulated.world;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The worlds there are. To add one, add a constant; README.md says what it has to bring. */
public enum KnownWorld {
    /** Walk to a target on a flat square. */
    REACH_TARGET("reach-target") {
        @Override
        public List<String> complaints(WorldDefinition definition) {
            return ReachTarget.complaints(definition);
        }

        @Override
        public World open(WorldDefinition definition, long seed, Parameters parameters) {
            return new ReachTarget(definition, seed, parameters);
        }
    };

    private final String label;

    KnownWorld(String label) {
        this.label = label;
    }

    /** The name in job files: {@code simulated:<label>}. */
    public String label() {
        return label;
    }

    /** Why this world cannot be played with these spaces, one sentence each; empty when it can. */
    public abstract List<String> complaints(WorldDefinition definition);

    /** Opens the world for a definition without complaints. */
    public abstract World open(WorldDefinition definition, long seed, Parameters parameters);

    /** The world of that name. @throws IllegalArgumentException naming the known worlds when there is none */
    public static KnownWorld named(String label) {
        return Arrays.stream(values())
                .filter(world -> world.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no simulated world '" + label + "'; use one of: " + labels() + "."));
    }

    private static String labels() {
        return Arrays.stream(values()).map(KnownWorld::label).collect(Collectors.joining(", "));
    }
}
