package dev.unitymlops.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void doublesUpToTheMost() {
        var backoff = new Backoff(SECOND, Duration.ofSeconds(10), 0);

        assertThat(IntStream.of(1, 2, 3, 4, 5, 1000).mapToObj(n -> backoff.after(n, new Random(1))))
                .containsExactly(
                        SECOND,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10));
    }

    @Test
    void jitterAddsUpToItsShare() {
        var random = new Random(1);
        var backoff = new Backoff(SECOND, SECOND, 0.25);

        var delays =
                IntStream.range(0, 200).mapToObj(n -> backoff.after(1, random)).toList();

        assertThat(delays).allSatisfy(delay -> assertThat(delay).isBetween(SECOND, Duration.ofMillis(1250)));
        assertThat(delays.stream().distinct().count()).isGreaterThan(50);
    }

    @Test
    void refusesWhatIsNoBackoff() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, SECOND, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(SECOND, Duration.ofMillis(1), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(SECOND, SECOND, 0).after(0, new Random()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
