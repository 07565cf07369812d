package dev.unitymlops.runtime;

import java.util.Collection;
import java.util.Comparator;

/**
 * How a component is, as a value.
 *
 * @param reason one sentence; empty when up
 */
public record Health(Status status, String reason) {
    /** From best to worst. */
    public enum Status {
        UP,
        /** It works, with something to look at. */
        DEGRADED,
        /** It does not do its work. */
        DOWN
    }

    public static Health up() {
        return new Health(Status.UP, "");
    }

    public static Health degraded(String reason) {
        return new Health(Status.DEGRADED, reason);
    }

    public static Health down(String reason) {
        return new Health(Status.DOWN, reason);
    }

    /** The worst of them; up when there is none. */
    public static Health worst(Collection<Health> healths) {
        return healths.stream().max(Comparator.comparing(Health::status)).orElseGet(Health::up);
    }
}
