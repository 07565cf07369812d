package dev.unitymlops.train.mlagents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.train.console.ConsoleLine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private final AtomicLong now = new AtomicLong(-5);
    private final Watchdog watchdog = new Watchdog(
            new MlAgentsSettings(
                    List.of(), 15_008, 15_999, Duration.ofSeconds(3), Duration.ofNanos(100), Duration.ofNanos(1_000)),
            now::get);

    @Test
    void talkingDoesNotReplaceABehaviour() {
        now.addAndGet(60);
        watchdog.saw(new ConsoleLine.Connected("4.0.0", "1.5.0"));

        assertThat(watchdog.nanosLeft()).isEqualTo(40);
        assertThat(watchdog.timeIsUp()).hasMessageContaining("no player announced a behaviour");
    }

    @Test
    void anyLineCountsOnceABehaviourIsThere() {
        now.addAndGet(60);
        watchdog.saw(new ConsoleLine.BehaviorFound("Reach"));
        now.addAndGet(900);
        watchdog.saw(new ConsoleLine.Other("a line"));
        now.addAndGet(1_000);

        assertThat(watchdog.nanosLeft()).isZero();
        assertThat(watchdog.timeIsUp()).hasMessageContaining("printed nothing");
    }
}
