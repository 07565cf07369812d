package dev.unitymlops.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.system.JobFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many jobs over many workers while one of these is killed every ten seconds and started again. {@code -Dfaults.jobs=500},
 * {@code -Dfaults.real-jobs=20}, {@code -Dfaults.builders=2} and so on run less of it, {@code
 * -Dfaults.kill-every=PT30S} suits a machine on which a start takes longer.
 */
@Tag("faults")
class ManyJobsTest {
    private static final Duration BETWEEN_KILLS = Duration.parse(System.getProperty("faults.kill-every", "PT10S"));

    /** Without any end for so long, something hangs. */
    private static final Duration STILL = Duration.ofMinutes(5);

    private final Seeds seeds = Seeds.givenOrDrawn();
    private final Instant begun = Instant.now();
    private final SplittableRandom random = new SplittableRandom(seeds.first());

    @Test
    void everyDryJobEndsOnceWhileWorkersAreKilled() throws Exception {
        int jobs = Integer.getInteger("faults.jobs", 5_000);
        try (Fleet fleet = start("many")) {
            for (int i = 0; i < jobs; i++) {
                fleet.submit(JobFiles.dry("dry-" + i));
            }
            int kills = killUntilAllHaveEnded(fleet);
            judge(fleet, jobs, kills, 0);
        }
    }

    @Test
    void everyRealJobGivesOneModelWhileWorkersAreKilled() throws Exception {
        int jobs = Integer.getInteger("faults.real-jobs", 200);
        try (Fleet fleet = start("real")) {
            for (int i = 0; i < jobs; i++) {
                fleet.submit(JobFiles.quick("real-" + i));
            }
            int kills = killUntilAllHaveEnded(fleet);
            judge(fleet, jobs, kills, jobs);
        }
    }

    private Fleet start(String name) throws Exception {
        Fleet.Size size = new Fleet.Size(
                1,
                Integer.getInteger("faults.builders", 4),
                Integer.getInteger("faults.trainers", 8),
                Integer.getInteger("faults.registrars", 2),
                2);
        return Fleet.start(Path.of("target", "faults", name + "-" + seeds.first()), size, null);
    }

    /** Gives the number of kills. */
    private int killUntilAllHaveEnded(Fleet fleet) throws Exception {
        List<String> services =
                Part.SERVICES.stream().flatMap(it -> fleet.members(it).stream()).toList();
        int accepted = fleet.accepted().size();
        int kills = 0;
        int ended = 0;
        Instant lastEnd = Instant.now();
        while (ended < accepted && Instant.now().isBefore(lastEnd.plus(STILL))) {
            Member victim = fleet.member(services.get(random.nextInt(services.size())));
            victim.kill();
            victim.start();
            kills++;
            fleet.evidence().awaitEnds(fleet.accepted(), BETWEEN_KILLS);
            if (fleet.evidence().ended().size() > ended) {
                ended = fleet.evidence().ended().size();
                lastEnd = Instant.now();
            }
            System.out.println("Killed and started again member=%s kills=%d ended=%d of=%d"
                    .formatted(victim.name(), kills, ended, accepted));
        }
        return kills;
    }

    private void judge(Fleet fleet, int jobs, int kills, int models) throws Exception {
        // what a zombie or a late restart would still say, it says before the last reading
        fleet.awaitReady();
        fleet.drain();
        Verdict verdict = Oracle.judge(fleet);
        System.out.println("Many jobs seed=%d kills=%d seconds=%d %s"
                .formatted(
                        seeds.first(),
                        kills,
                        Duration.between(begun, Instant.now()).toSeconds(),
                        verdict));
        assertThat(verdict.all()).isEmpty();
        assertThat(fleet.evidence().events(Topics.MODEL_REGISTERED))
                .hasSize(jobs)
                .allSatisfy(it ->
                        assertThat(((ModelRegistered) it.value()).getDryRun()).isEqualTo(models == 0));
        assertThat(verdict.models()).isEqualTo(models);
    }
}
