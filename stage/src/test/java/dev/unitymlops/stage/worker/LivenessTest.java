package dev.unitymlops.stage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.Stage;
import dev.unitymlops.events.WorkerPresence;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LivenessTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void aWorkerSpeaksSixTimesBeforeItIsMissed() {
        Duration lease = Duration.ofSeconds(12);
        assertThat(Liveness.patience(lease)).isEqualTo(Liveness.period(lease).multipliedBy(6));
    }

    @Test
    void aWorkerIsThereForTwoOfItsOwnLeases() {
        assertThat(Liveness.isThere(last(10_000L), AT.plusSeconds(20))).isTrue();
        assertThat(Liveness.isThere(last(10_000L), AT.plusMillis(20_001))).isFalse();
    }

    @Test
    void oneThatDoesNotSayHasTheUsualLease() {
        assertThat(Liveness.isThere(last(null), AT.plusSeconds(60))).isTrue();
        assertThat(Liveness.isThere(last(null), AT.plusSeconds(61))).isFalse();
    }

    private static WorkerPresence last(Long leaseMs) {
        return WorkerPresence.newBuilder()
                .setWorkerId("w")
                .setStage(Stage.TRAIN)
                .setHost("host")
                .setPid(1)
                .setSlots(1)
                .setStartedAt(AT)
                .setAt(AT)
                .setLeaseMs(leaseMs)
                .build();
    }
}
