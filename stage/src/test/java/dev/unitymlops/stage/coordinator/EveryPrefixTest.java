package dev.unitymlops.stage.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.Stage;
import dev.unitymlops.events.StageState;
import dev.unitymlops.stage.coordinator.World.Decided;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A coordinator is killed after every prefix of a long history and goes on from the bytes of its store alone. */
class EveryPrefixTest {

    /** Each world's jobs end for good after some hundred steps, so that a long history takes several, at the same time. */
    private static final int STEPS = 80;

    private static final List<String> FIRST_JOBS = List.of("a", "b", "c");

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theBytesOfTheStoreAreAllThatDecisionsRestOn(long seed) throws IOException {
        List<Decided> history = history(seed, 8);
        Map<String, ByteBuffer> stored = new HashMap<>();
        Decide decide = new Decide(Stage.BUILD, RetryDelay.STANDARD);
        for (int prefix = 0; prefix < history.size(); prefix++) {
            Map<String, JobState> restored = new HashMap<>();
            for (Map.Entry<String, ByteBuffer> job : stored.entrySet()) {
                StageState read = StageState.fromByteBuffer(job.getValue().duplicate());
                restored.put(job.getKey(), StateRecord.read(job.getKey(), read));
            }
            for (Decided then : history.subList(prefix, history.size())) {
                JobState before = restored.get(then.jobId());
                Decision decision = decide.decide(then.jobId(), before, then.command(), then.now(), then.offer());
                assertThat(decision)
                        .as("world %d, killed after %d decisions: %s", seed, prefix, then.command())
                        .isEqualTo(then.decision());
                if (decision.next() != null) {
                    restored.put(then.jobId(), decision.next());
                }
            }
            Decided last = history.get(prefix);
            if (last.decision().next() != null) {
                stored.put(last.jobId(), StateRecord.of(last.decision().next()).toByteBuffer());
            }
        }
    }

    /** The real task: its successor is given the changelog, and must publish what the first one would have. */
    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void aTaskGoesOnFromItsChangelogAsIfNothingHadHappened(long seed) {
        List<Decided> history = history(seed, 3);
        HostedTask first = new HostedTask(List.of());
        List<List<HostedTask.Told>> told = new ArrayList<>();
        List<Integer> changes = new ArrayList<>();
        for (Decided decided : history) {
            changes.add(first.changelog().size());
            told.add(first.decide(decided));
        }
        assertThat(told.stream().mapToInt(List::size).sum())
                .as("a history that says something")
                .isGreaterThan(40);
        for (int prefix = 0; prefix < history.size(); prefix++) {
            HostedTask successor = new HostedTask(first.changelog().subList(0, changes.get(prefix)));
            for (int i = prefix; i < history.size(); i++) {
                assertThat(successor.decide(history.get(i)))
                        .as("world %d, killed after %d records, record %d", seed, prefix, i)
                        .isEqualTo(told.get(i));
            }
            assertThat(successor.state())
                    .as("world %d, killed after %d", seed, prefix)
                    .isEqualTo(first.state());
        }
    }

    /** Of several worlds at once, in the order of time. No echo comes back in a task without a broker: nobody falls silent. */
    private static List<Decided> history(long seed, int worlds) {
        List<Decided> all = new ArrayList<>();
        for (int i = 0; i < worlds; i++) {
            String prefix = "world-" + i + "-";
            World world = new World(
                    1_000 * seed + i, FIRST_JOBS.stream().map(prefix::concat).toList());
            for (int step = 0; step < STEPS; step++) {
                world.step();
            }
            world.comeToRest();
            all.addAll(world.history());
        }
        all.sort(Comparator.comparingLong(Decided::now));
        return all;
    }
}
