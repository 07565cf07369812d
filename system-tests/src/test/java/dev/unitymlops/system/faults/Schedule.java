package dev.unitymlops.system.faults;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The faults of a round, all drawn from its seed.
 *
 * @param hits in the order of their cells
 */
record Schedule(long seed, List<Hit> hits) {
    private static final int FIRST_SECONDS = 3;

    @Override
    public String toString() {
        return "Faults seed=%d %s".formatted(seed, hits);
    }

    static Schedule draw(long seed, List<Cell> cells, Fleet fleet) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Schedule(
                seed,
                cells.stream()
                        .map(cell -> {
                            List<String> members = fleet.members(cell.part());
                            return new Hit(
                                    cell,
                                    members.isEmpty()
                                            ? cell.part().word()
                                            : members.get(random.nextInt(members.size())),
                                    Duration.ofMillis(random.nextInt(FIRST_SECONDS * 1_000)),
                                    cell.fault().lasting(random));
                        })
                        .toList());
    }
}
