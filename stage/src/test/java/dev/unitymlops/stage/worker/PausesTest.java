package dev.unitymlops.stage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.stage.worker.Pauses.Pause;
import org.junit.jupiter.api.Test;

class PausesTest {

    private final Pauses pauses = new Pauses();
    private final Pause cordon = pauses.pause();
    private final Pause space = pauses.pause();

    @Test
    void workIsTakenUntilAReasonStands() {
        assertThat(pauses.any()).isFalse();
        assertThat(pauses.reason()).isNull();
        space.set("no space left");
        assertThat(pauses.any()).isTrue();
        assertThat(pauses.reason()).isEqualTo("no space left");
    }

    @Test
    void workIsTakenAgainWhenTheLastReasonIsLifted() {
        cordon.set("cordoned by anna");
        space.set("no space left");
        space.set("no space left under artifacts");
        assertThat(pauses.reason()).isEqualTo("cordoned by anna; no space left under artifacts");
        cordon.lift();
        assertThat(pauses.any()).isTrue();
        space.lift();
        assertThat(pauses.any()).isFalse();
    }
}
