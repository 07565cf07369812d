package dev.unitymlops.stage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.Stage;
import dev.unitymlops.events.WorkerCordon;
import dev.unitymlops.schemas.TrustedPackages;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CordonTest {

    static {
        TrustedPackages.trust();
    }

    private final Pauses pauses = new Pauses();
    private final Cordon cordon = new Cordon(Cordon.place("rig-7", Stage.TRAIN), pauses.pause());

    @Test
    void aCordonOfItsHostAndStagePausesAWorkerUntilItIsLifted() {
        cordon.heard("rig-7/train", by("anna", "driver update"));
        assertThat(pauses.reason()).isEqualTo("cordoned by anna: driver update");
        cordon.heard("rig-7/train", by("ben", ""));
        assertThat(pauses.reason()).isEqualTo("cordoned by ben");
        cordon.heard("rig-7/train", null);
        assertThat(pauses.any()).isFalse();
    }

    @Test
    void aCordonOfAnotherPlaceChangesNothing() {
        cordon.heard("rig-7/build", by("anna", ""));
        cordon.heard("rig-8/train", by("anna", ""));
        assertThat(pauses.any()).isFalse();
        cordon.heard("rig-7/train", by("anna", ""));
        cordon.heard("rig-7/build", null);
        assertThat(pauses.any()).isTrue();
    }

    private static WorkerCordon by(String person, String reason) {
        return new WorkerCordon("rig-7", Stage.TRAIN, reason, person, Instant.EPOCH);
    }
}
