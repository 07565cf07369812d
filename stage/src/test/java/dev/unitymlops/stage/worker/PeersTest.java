package dev.unitymlops.stage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.Stage;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.schemas.TrustedPackages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeersTest {

    static {
        TrustedPackages.trust();
    }

    private long nanos;
    private final Peers peers = new Peers(Stage.TRAIN, Duration.ofSeconds(20), () -> nanos);

    @Test
    void whoIsThereOffersItsLabels() {
        peers.put(presence("a", Stage.TRAIN, false, "gpu"));
        peers.put(presence("b", Stage.TRAIN, false));
        peers.put(presence("elsewhere", Stage.BUILD, false, "unity"));
        assertThat(peers.offers())
                .containsExactlyInAnyOrder(new WorkOffer(Set.of("gpu"), null), new WorkOffer(Set.of(), null));
    }

    @Test
    void whoDrainsHasLeftOrIsSilentOffersNothing() {
        peers.put(presence("draining", Stage.TRAIN, true, "a"));
        peers.put(presence("left", Stage.TRAIN, false, "b"));
        peers.remove("left");
        peers.put(presence("silent", Stage.TRAIN, false, "c"));
        nanos = Duration.ofSeconds(21).toNanos();
        peers.put(presence("there", Stage.TRAIN, false, "d"));
        assertThat(peers.offers()).containsExactly(new WorkOffer(Set.of("d"), null));
    }

    @Test
    void whoIsPausedHasNoFreeSlotAndSaysWhy() {
        WorkerPresence paused = presence("paused", Stage.TRAIN, false, "gpu");
        paused.setPaused("no space left");
        peers.put(paused);
        peers.put(presence("takes", Stage.TRAIN, false));
        assertThat(peers.free()).containsExactly("takes");
        assertThat(peers.offers()).contains(new WorkOffer(Set.of("gpu"), "no space left"));
    }

    private static WorkerPresence presence(String id, Stage stage, boolean draining, String... labels) {
        return WorkerPresence.newBuilder()
                .setWorkerId(id)
                .setStage(stage)
                .setHost("host")
                .setPid(1)
                .setSlots(1)
                .setLabels(List.of(labels))
                .setDraining(draining)
                .setStartedAt(Instant.EPOCH)
                .setAt(Instant.EPOCH)
                .build();
    }
}
