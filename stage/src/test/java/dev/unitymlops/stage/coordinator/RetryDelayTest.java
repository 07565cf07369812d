package dev.unitymlops.stage.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryDelayTest {

    private final RetryDelay delay = RetryDelay.STANDARD;

    @Test
    void doublesFromASecondToFiveMinutesAndAddsAQuarterAtMost() {
        long plain = 1_000;
        for (int used = 1; used < 100; used++) {
            assertThat(delay.millis("job", used, used)).isBetween(plain, plain + plain / 4);
            plain = Math.min(plain * 2, 300_000);
        }
    }

    @Test
    void isTheSameForTheSameAttemptAndSpreadOverJobs() {
        Set<Long> drawn = IntStream.range(0, 100)
                .mapToObj(i -> delay.millis("job-" + i, 1, 1))
                .collect(Collectors.toSet());
        assertThat(drawn).hasSizeGreaterThan(50);
        assertThat(delay.millis("job", 4, 2)).isEqualTo(delay.millis("job", 4, 2));
    }

    @Test
    void isTheShortestWhereNoAttemptWasUsed() {
        assertThat(delay.millis("job", 3, 0)).isBetween(1_000L, 1_250L);
    }
}
