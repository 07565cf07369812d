package dev.unitymlops.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.system.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every cell of the matrix, many rounds each: an hour or more. {@code -Dfaults.rounds=3 -Dfaults.cells=KILL/BROKER,CUT/TRAINERS}
 * runs less of it, {@code -Dfaults.seed=N} the same rounds again, and {@code -Dfaults.write} writes docs/faults.md.
 */
@Tag("faults")
class FaultMatrixTest {
    private static final Round.Load LOAD = new Round.Load(10, 2);

    private final int rounds = Integer.getInteger("faults.rounds", 20);
    private final Seeds seeds = Seeds.givenOrDrawn();

    @Test
    void nothingIsLostAndNothingDoneTwice() throws Exception {
        long first = seeds.first();
        List<Tally> tallies = new ArrayList<>();
        for (Cell cell : cells()) {
            Tally tally = new Tally(cell);
            tallies.add(tally);
            run(cell, tally);
            System.out.println(tally.row());
        }
        Matrix matrix = new Matrix(first, rounds, tallies);
        System.out.println(matrix.text());
        if (System.getProperty("faults.write") != null) {
            Files.writeString(Checkout.root().resolve("docs/faults.md"), matrix.document());
        }
        assertThat(tallies).flatMap(Tally::breaches).isEmpty();
    }

    private static List<Cell> cells() {
        String asked = System.getProperty("faults.cells", "");
        return Cell.all().stream()
                .filter(cell -> asked.isEmpty() || List.of(asked.split(",", -1)).contains(cell.toString()))
                .toList();
    }

    /** A fleet that broke a promise is left for a new one: its log would tell of it again in each round. */
    private void run(Cell cell, Tally tally) throws Exception {
        Fleet.Size size = new Fleet.Size(cell.part() == Part.CLUSTER ? 3 : 1, 1, 2, 1, 2);
        for (int left = rounds; left > 0; ) {
            Path folder = Path.of("target", "faults", cell.fault() + "-" + cell.part() + "-" + seeds.peek());
            Optional<SmallDisk> disk = cell.part() == Part.STORE
                    ? SmallDisk.mount(folder.resolve("disk").toAbsolutePath())
                    : Optional.empty();
            if (cell.part() == Part.STORE && disk.isEmpty()) {
                tally.skip("only root may mount a small file system, and this is not root");
                return;
            }
            try (Fleet fleet = Fleet.start(folder, size, disk.orElse(null))) {
                boolean well = true;
                while (left > 0 && well) {
                    well = round(cell, tally, fleet);
                    left--;
                }
            } finally {
                disk.ifPresent(SmallDisk::close);
            }
        }
    }

    private boolean round(Cell cell, Tally tally, Fleet fleet) throws Exception {
        Schedule schedule = Schedule.draw(seeds.next(), List.of(cell), fleet);
        System.out.println(schedule);
        Round.Outcome outcome = new Round(fleet, schedule, LOAD).run();
        System.out.println(outcome.report());
        tally.add(outcome);
        return outcome.verdict().all().isEmpty();
    }
}
