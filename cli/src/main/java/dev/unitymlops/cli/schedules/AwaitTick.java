package dev.unitymlops.cli.schedules;

import dev.unitymlops.cli.events.EventReader;
import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.events.ScheduleTick;
import dev.unitymlops.runtime.Unreachable;
import java.time.Duration;

/** Waits for the tick that answers a request. */
final class AwaitTick {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration AT_MOST = Duration.ofMillis(50);

    private AwaitTick() {}

    /**
     * What the scheduler decided.
     *
     * @param reader has been at the ticks since before the request
     * @throws Unreachable when no scheduler answers in time
     */
    static ScheduleTick of(EventReader reader, String requestId) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (JobEvent event : reader.poll(AT_MOST)) {
                if (event.value() instanceof ScheduleTick tick && requestId.equals(tick.getRequestId())) {
                    return tick;
                }
            }
        }
        throw new Unreachable(
                "The request was written, but no scheduler-service has answered within " + PATIENCE.toSeconds()
                        + " s; it will be decided when one runs.",
                null);
    }
}
