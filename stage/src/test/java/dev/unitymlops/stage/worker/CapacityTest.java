package dev.unitymlops.stage.worker;

import static dev.unitymlops.stage.worker.QueuedJobs.input;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CapacityTest {

    private final Pauses pauses = new Pauses();
    private final Capacity capacity = new Capacity("me", 2, Set.of("gpu", "unity"), pauses, Quotas.NONE);

    @Test
    void nothingIsFreeBeforeItOpensNorAfterItShuts() {
        assertThat(capacity.free()).isZero();
        capacity.open();
        assertThat(capacity.free()).isEqualTo(2);
        capacity.shut();
        assertThat(capacity.free()).isZero();
        assertThat(capacity.take("job")).isNegative();
        assertThat(capacity.offer().takes(input(9))).isFalse();
    }

    @Test
    void aDrainThatCameBeforeTheQueueWasReadIsNotUndone() {
        capacity.shut();
        capacity.open();
        assertThat(capacity.isOpen()).isFalse();
        assertThat(capacity.free()).isZero();
    }

    @Test
    void whileAReasonStandsNothingIsTakenAndWhatRunsGoesOn() {
        capacity.open();
        assertThat(capacity.take("runs")).isZero();
        Pauses.Pause space = pauses.pause();
        space.set("no space left");
        assertThat(capacity.free()).isZero();
        assertThat(capacity.offer().takes(input(9))).isFalse();
        assertThat(capacity.take("granted before")).isNegative();
        space.lift();
        assertThat(capacity.free()).isEqualTo(1);
        assertThat(capacity.take("granted after")).isEqualTo(1);
    }

    @Test
    void slotsAreNumberedAndFilledAgain() {
        capacity.open();
        assertThat(capacity.take("a")).isZero();
        assertThat(capacity.take("b")).isEqualTo(1);
        assertThat(capacity.take("c")).isNegative();
        capacity.giveBack(0);
        assertThat(capacity.take("d")).isZero();
    }

    @Test
    void claimsAndGrantsCountUntilTheyComeTrueOrAreVoid() {
        capacity.open();
        capacity.claimed("claimed", 3);
        capacity.granted(0, "granted", 1);
        assertThat(capacity.free()).isZero();
        capacity.changed("claimed", 3);
        assertThat(capacity.hasClaimed("claimed"))
                .as("the version that was claimed")
                .isTrue();
        capacity.changed("claimed", 4);
        assertThat(capacity.hasClaimed("claimed")).isFalse();
        assertThat(capacity.take("granted")).isZero();
        assertThat(capacity.free()).isEqualTo(1);
    }

    @Test
    void grantsOfAPartitionAreVoidWhenItsDecisionsMayBeRolledBack() {
        capacity.open();
        capacity.granted(0, "a", 1);
        capacity.granted(1, "b", 1);
        capacity.forget(0);
        assertThat(capacity.free()).isEqualTo(1);
    }

    @Test
    void onlyWhatFitsIsOffered() {
        capacity.open();
        assertThat(capacity.offer().takes(input(5, "gpu"))).isTrue();
        assertThat(capacity.offer().takes(input(5, "gpu", "tpu"))).isFalse();
        capacity.waiting(true);
        assertThat(capacity.offer().takes(input(9))).isFalse();
        capacity.waiting(false);
        assertThat(capacity.offer().takes(input(0))).isTrue();
    }

    /** Whatever is claimed, granted, lost or rolled back: once all records are read, no slot is missing. */
    @Test
    void noSlotLeaks() {
        for (int seed = 0; seed < 200; seed++) {
            noSlotLeaks(new Random(seed));
        }
    }

    private static void noSlotLeaks(Random random) {
        Capacity leaky = new Capacity("me", 3, Set.of(), new Pauses(), Quotas.NONE);
        leaky.open();
        Map<String, Long> versions = new HashMap<>();
        Deque<Integer> running = new ArrayDeque<>();
        for (int i = 0; i < 300; i++) {
            String job = "job-" + random.nextInt(6);
            switch (random.nextInt(8)) {
                case 0, 1 -> leaky.claimed(job, versions.getOrDefault(job, 0L));
                case 2 -> leaky.granted(random.nextInt(2), job, 1);
                case 3 -> leaky.forget(random.nextInt(2));
                case 4 -> leaky.changed(job, versions.merge(job, 1L, Long::sum));
                case 5 -> {
                    versions.merge(job, 1L, Long::sum);
                    int slot = leaky.take(job);
                    if (slot >= 0) {
                        running.add(slot);
                    }
                }
                default -> {
                    if (!running.isEmpty()) {
                        leaky.giveBack(running.removeFirst());
                    }
                }
            }
            assertThat(leaky.free()).isBetween(0, 3 - running.size());
        }
        running.forEach(leaky::giveBack);
        for (int i = 0; i < 6; i++) {
            leaky.changed("job-" + i, Long.MAX_VALUE);
        }
        assertThat(leaky.free()).isEqualTo(3);
    }
}
