package dev.unitymlops.system.faults;

import java.util.random.RandomGenerator;

/** One for each round, counted up from the first, which {@code -Dfaults.seed} may give. */
final class Seeds {
    private final long first;
    private long next;

    private Seeds(long first) {
        this.first = first;
        this.next = first;
    }

    /** Other rounds each time: for the long run, which looks for what nobody has thought of. */
    static Seeds givenOrDrawn() {
        return new Seeds(
                Long.getLong("faults.seed", RandomGenerator.getDefault().nextInt(Integer.MAX_VALUE)));
    }

    /** The same rounds each time: for the normal run, which judges a change and not the luck of the draw. */
    static Seeds givenOrFirst() {
        return new Seeds(Long.getLong("faults.seed", 1));
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
