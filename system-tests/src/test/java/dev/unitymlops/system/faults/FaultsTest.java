package dev.unitymlops.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A handful of rounds on one fleet, several faults at once; {@link FaultMatrixTest} is the long run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {
    private static final Round.Load LOAD = new Round.Load(8, 2);

    private final Seeds seeds = Seeds.givenOrFirst();
    private Fleet fleet;

    @BeforeAll
    void start() throws Exception {
        Path folder = Path.of("target", "faults", "normal-" + seeds.first());
        fleet = Fleet.start(folder, new Fleet.Size(1, 1, 2, 1, 2), null);
    }

    @AfterAll
    void stop() throws Exception {
        if (fleet != null) {
            fleet.close();
        }
    }

    static Stream<List<Cell>> cells() {
        return Stream.of(
                List.of(new Cell(Fault.KILL, Part.BROKER), new Cell(Fault.POISON, Part.PRODUCERS)),
                // what takes longest, side by side
                List.of(
                        new Cell(Fault.PAUSE, Part.TRAINERS),
                        new Cell(Fault.CUT, Part.REGISTRARS),
                        new Cell(Fault.KILL, Part.BUILDERS)),
                // last: what is repeated is the jobs of all rounds
                List.of(
                        new Cell(Fault.KILL, Part.TRAINERS),
                        new Cell(Fault.KILL, Part.SCHEMAS),
                        new Cell(Fault.REPEATS, Part.PRODUCERS)));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void nothingIsLostAndNothingDoneTwice(List<Cell> cells) throws Exception {
        Schedule schedule = Schedule.draw(seeds.next(), cells, fleet);
        System.out.println(schedule);
        Round.Outcome outcome = new Round(fleet, schedule, LOAD).run();
        System.out.println(outcome.report());
        assertThat(outcome.verdict().all()).as(schedule.toString()).isEmpty();
    }
}
