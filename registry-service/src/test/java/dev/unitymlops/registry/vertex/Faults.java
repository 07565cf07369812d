package dev.unitymlops.registry.vertex;

import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What goes wrong on a server, by seed. Thread-safe. */
final class Faults {

    /** A call that fails. */
    record Fault(Status status, boolean acted) {}

    private static final List<Fault> KINDS = List.of(
            new Fault(Status.UNAVAILABLE, false),
            new Fault(Status.RESOURCE_EXHAUSTED, false),
            new Fault(Status.UNAVAILABLE, true),
            new Fault(Status.DEADLINE_EXCEEDED, true));

    private final Random random;
    private final double share;
    private int lost;

    /** @param share of the calls that fail, 0 to 1 */
    Faults(long seed, double share) {
        this.random = new Random(seed);
        this.share = share;
    }

    static Faults none() {
        return new Faults(0, 0);
    }

    synchronized Optional<Fault> next() {
        if (random.nextDouble() >= share) {
            return Optional.empty();
        }
        Fault fault = KINDS.get(random.nextInt(KINDS.size()));
        lost += fault.acted() ? 1 : 0;
        return Optional.of(fault);
    }

    /** How many calls acted and failed all the same. */
    synchronized int lost() {
        return lost;
    }

    /** Of some calls of a kind, such as one in five. */
    synchronized boolean happens(double chance) {
        return share > 0 && random.nextDouble() < chance;
    }

    /** From 0 to most; 0 without faults. */
    synchronized int upTo(int most) {
        return share > 0 ? random.nextInt(most + 1) : 0;
    }
}
