package dev.unitymlops.train.mlagents;

import dev.unitymlops.events.FailureCause;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import dev.unitymlops.train.console.ConsoleLine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Notices a trainer that will never end by itself: ML-Agents waits for ever for a player that dies between its first two
 * messages ({@code rpc_communicator.py}), and does not mind a player that stands still. Used on one thread.
 */
final class Watchdog {

    private final MlAgentsSettings settings;
    private final LongSupplier nanoTime;
    private boolean connected;
    private long since;

    /**
     * @param nanoTime monotonic time in nanoseconds, so that a clock that is set stops no training
     */
    Watchdog(MlAgentsSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    void saw(ConsoleLine line) {
        connected |= line instanceof ConsoleLine.BehaviorFound;
        if (connected) {
            since = nanoTime.getAsLong();
        }
    }

    long nanosLeft() {
        return limit().toNanos() - (nanoTime.getAsLong() - since);
    }

    StageFailure timeIsUp() {
        String message = connected
                ? "the trainer printed nothing for " + limit().toSeconds()
                        + " s and was stopped; does every agent still request decisions? A slow training needs a lower"
                        + " rl_config.summary_freq or a longer train.stall-timeout"
                : "no player announced a behaviour within " + limit().toSeconds()
                        + " s and the trainer was stopped; does the scene hold an agent that requests decisions? A slow"
                        + " player needs a longer train.connect-timeout";
        return StageFailure.of(FailureCause.TIMEOUT, Retry.BACK_OFF, message);
    }

    private Duration limit() {
        return connected ? settings.stallTimeout() : settings.connectTimeout();
    }
}
