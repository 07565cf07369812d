package dev.unitymlops.stage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.StageWork;
import dev.unitymlops.stage.Attempt.Standing;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AskStandingTest {

    private final RunningAttempt attempt = new RunningAttempt("job-1", new StageWork(), 0, Instant.EPOCH);

    @Test
    void whatTheWorkerReadsMeanwhileCounts() throws InterruptedException {
        AskStanding ask = new AskStanding(attempt, () -> {
            attempt.stop(StopReason.SUPERSEDED);
            return CompletableFuture.completedFuture(true);
        });

        assertThat(ask.standing()).isEqualTo(Standing.LOST);
    }

    @Test
    void aCancelledJobIsHeldUntilAnotherTakesIt() throws InterruptedException {
        assertThat(standing()).isEqualTo(Standing.HELD);

        attempt.stop(StopReason.CANCELLED);
        assertThat(standing()).isEqualTo(Standing.CANCELLED);

        attempt.stop(StopReason.SUPERSEDED);
        assertThat(standing()).isEqualTo(Standing.LOST);
    }

    @Test
    void whoIsIsolatedOrAsksAWorkerThatEndsCannotKnow() throws InterruptedException {
        AskStanding atTheEnd = new AskStanding(attempt, () -> CompletableFuture.completedFuture(false));
        assertThat(atTheEnd.standing()).isEqualTo(Standing.LOST);

        attempt.stop(StopReason.ISOLATED);
        assertThat(standing()).isEqualTo(Standing.LOST);
    }

    @Test
    void whoIsDrainedHasTheJobStill() throws InterruptedException {
        attempt.stop(StopReason.DRAINED);

        assertThat(standing()).isEqualTo(Standing.HELD);
    }

    private Standing standing() throws InterruptedException {
        return new AskStanding(attempt, () -> CompletableFuture.completedFuture(true)).standing();
    }
}
