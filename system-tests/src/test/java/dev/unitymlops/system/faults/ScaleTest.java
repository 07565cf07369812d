package dev.unitymlops.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.system.JobFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The topology of docker-compose.yml as plain processes; four trainers are added under load and taken away again. */
@Tag("faults")
class ScaleTest {
    private static final int ADDED = 4;
    private static final int JOBS = Integer.getInteger("faults.scale-jobs", 60);

    @Test
    void fourTrainersComeAndGoUnderLoad() throws Exception {
        Path folder =
                Path.of("target", "faults", "scale-" + ProcessHandle.current().pid());
        try (Fleet fleet = Fleet.start(folder, new Fleet.Size(1, 1, 1, 1, 1), null)) {
            IntStream.range(0, JOBS).forEach(i -> fleet.submit(JobFiles.quick("real-" + i)));
            List<Member> added = new ArrayList<>();
            for (int i = 2; i <= 1 + ADDED; i++) {
                added.add(fleet.service(Part.TRAINERS, Part.TRAINERS.memberName() + "-" + i));
            }
            fleet.awaitReady();
            fleet.evidence().awaitEnds(Set.of("real-" + JOBS / 3), Fleet.PATIENCE);
            for (Member trainer : added) {
                assertThat(trainer.stop(Fleet.PATIENCE))
                        .as("exit code of " + trainer.name())
                        .isZero();
            }
            int endedWithFive = fleet.evidence().ended().size();
            fleet.evidence().awaitEnds(fleet.accepted(), Fleet.PATIENCE.multipliedBy(4));
            fleet.drain();
            Verdict verdict = Oracle.judge(fleet);
            System.out.println("Four trainers came and went: endedMeanwhile=%d %s".formatted(endedWithFive, verdict));
            assertThat(verdict.all()).isEmpty();
            assertThat(verdict.models()).isEqualTo(JOBS);
            assertThat(Set.copyOf(Makers.of(fleet.evidence(), Part.TRAINERS)
                            .processes()
                            .values()))
                    .as("processes that trained")
                    .hasSizeGreaterThan(1);
        }
    }
}
