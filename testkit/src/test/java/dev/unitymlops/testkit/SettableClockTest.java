package dev.unitymlops.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SettableClockTest {
    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");

    @Test
    void standsUntilItIsMovedAndMovesInEveryZone() {
        SettableClock clock = SettableClock.at(NOON);
        Clock inBerlin = clock.withZone(ZoneId.of("Europe/Berlin"));
        assertThat(clock.advance(Duration.ofHours(1))).isEqualTo(NOON.plusSeconds(3600));
        assertThat(inBerlin.instant()).isEqualTo(NOON.plusSeconds(3600));
        assertThat(inBerlin.getZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        clock.set(NOON);
        assertThat(inBerlin.millis()).isEqualTo(NOON.toEpochMilli());
    }
}
