package dev.unitymlops.system.faults;

import java.util.random.RandomGenerator;

/** One for each round, counted up from the first, which {@code -Dfaults.seed} gives or chance does. */
final class Seeds {
    private final long first;
    private long next;

    private Seeds(long first) {
        this.first = first;
        this.next = first;
    }

    static Seeds fromProperties() {
        Long given = Long.getLong("faults.seed");
        return new Seeds(given == null ? RandomGenerator.getDefault().nextInt(Integer.MAX_VALUE) : given);
    }

    long first() {
        return first;
    }

    /** The next one, which stays the next. */
    long peek() {
        return next;
    }

    long next() {
        return next++;
    }
}
