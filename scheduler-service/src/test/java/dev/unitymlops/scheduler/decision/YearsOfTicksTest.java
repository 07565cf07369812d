package dev.unitymlops.scheduler.decision;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A thousand random schedules, ten of them together through three years each, against the rules told another way. What
 * fails names its seed: {@code new SimulatedYears(seed).run()} is the same again.
 */
class YearsOfTicksTest {

    private static final int SEEDS = 100;

    @Test
    void everyTickIsDecidedOnceAndEveryJobRequestedOnceWhateverHappens() {
        Map<String, Integer> decisions = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(YearsOfTicksTest::through)
                .flatMap(seen -> seen.decisions().entrySet().stream())
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum));
        assertThat(decisions)
                .as("all that can become of a tick was seen")
                .containsOnlyKeys(
                        "fired",
                        "",
                        "enabled=false",
                        "missed_ticks=skip",
                        "missed_ticks=last",
                        "missed_ticks=all",
                        "overlap=skip");
    }

    private static Watch through(long seed) {
        try {
            return new SimulatedYears(seed).run();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ", " + e.getMessage(), e);
        }
    }
}
