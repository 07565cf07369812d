package dev.unitymlops.stage.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.stage.coordinator.JobState.Cancelling;
import dev.unitymlops.stage.coordinator.JobState.Held;
import dev.unitymlops.stage.coordinator.JobState.Live;
import dev.unitymlops.stage.coordinator.World.Told;
import dev.unitymlops.stage.coordinator.World.Work;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The stage's promises in thousands of worlds. A failure names its world; {@code -Dstage.world=N} plays that one again.
 */
class DecideWorldsTest {

    private static final int KNOWN_WORLDS = 2_000;
    private static final int NEW_WORLDS = 1_000;
    private static final int STEPS = 150;
    private static final Pattern WORDS = Pattern.compile("(\\w+) (\\d+)");

    @Test
    void everyWorldKeepsThePromises() {
        worlds().forEach(DecideWorldsTest::play);
    }

    private static LongStream worlds() {
        Long one = Long.getLong("stage.world");
        long somewhere = ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE);
        return one != null
                ? LongStream.of(one)
                : LongStream.concat(
                        LongStream.range(0, KNOWN_WORLDS), LongStream.range(somewhere, somewhere + NEW_WORLDS));
    }

    private static void play(long seed) {
        World world = new World(seed);
        try {
            for (int i = 0; i < STEPS; i++) {
                world.step();
            }
            world.comeToRest();
            everyRunEndedOnce(world.told());
            oneHolderAtATime(world.work());
        } catch (AssertionError | RuntimeException e) {
            List<String> trace = world.trace();
            String last = String.join("\n", trace.subList(Math.max(0, trace.size() - 25), trace.size()));
            throw new AssertionError("World " + seed + " (-Dstage.world=" + seed + "), at last:\n" + last, e);
        }
    }

    private static void everyRunEndedOnce(List<Told> told) {
        Map<String, Integer> accepted = new TreeMap<>();
        Map<String, Integer> ends = new TreeMap<>();
        for (Told record : told) {
            Matcher words = WORDS.matcher(record.what());
            assertThat(words.find()).as(record.what()).isTrue();
            String run = record.jobId() + " run " + words.group(2);
            switch (words.group(1)) {
                case "accepted" -> accepted.merge(run, 1, Integer::sum);
                case "event", "failed" -> ends.merge(run, 1, Integer::sum);
                default -> assertThat(words.group(1)).isIn("duplicate", "rejected", "retrying");
            }
        }
        assertThat(accepted.values())
                .as("each run is accepted once: %s", accepted)
                .allMatch(times -> times == 1);
        assertThat(ends.values()).as("each run ends once: %s", ends).allMatch(times -> times == 1);
        assertThat(ends).as("each accepted run ends").containsAllEntriesOf(accepted);
    }

    /** As a reader of the work topic sees it: who holds a job has lost it before another one holds it. */
    private static void oneHolderAtATime(List<Work> work) {
        Map<String, Live> seen = new HashMap<>();
        Map<String, String> workerOfAttempt = new HashMap<>();
        for (Work record : work) {
            Live before = seen.put(record.jobId(), record.live());
            String holder = holder(record.live());
            if (holder == null) {
                continue;
            }
            String attempt = record.jobId() + "/" + record.live().run() + "/"
                    + record.live().attempt();
            assertThat(workerOfAttempt.merge(attempt, holder, (first, second) -> first))
                    .as("holder of %s", attempt)
                    .isEqualTo(holder);
            if (holder(before) != null && before.run() == record.live().run()) {
                assertThat(record.live().attempt())
                        .as("attempt after %s", before)
                        .isEqualTo(before.attempt());
            }
        }
    }

    private static String holder(Live live) {
        return switch (live == null ? null : live.phase()) {
            case Held held -> held.worker();
            case Cancelling stopping -> stopping.worker();
            case null, default -> null;
        };
    }
}
