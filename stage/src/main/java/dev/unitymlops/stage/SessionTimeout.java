package dev.unitymlops.stage;

import java.time.Duration;
import java.util.Map;

/** How soon a consumer group notices that a member was killed: within half a lease, so that decisions wait no longer. */
public final class SessionTimeout {

    /** What a broker accepts by default at least ({@code group.min.session.timeout.ms}). */
    private static final long SHORTEST_MILLIS = 6_000;

    /** Kafka's own default. */
    private static final long LONGEST_MILLIS = 45_000;

    private SessionTimeout() {}

    /** Settings of a consumer that is a member of a group. */
    public static Map<String, String> under(Duration lease) {
        long session = Math.clamp(lease.toMillis() * 9 / 20, SHORTEST_MILLIS, LONGEST_MILLIS);
        return Map.of(
                "session.timeout.ms", Long.toString(session),
                "heartbeat.interval.ms", Long.toString(session / 3));
    }
}
