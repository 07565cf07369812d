package dev.unitymlops.webhook.queue;

import java.time.Duration;
import java.util.List;

/**
 * When a message that was not delivered is tried again: the times that Standard Webhooks proposes, plus up to a tenth,
 * which is drawn from the message's id and attempt, so that a repeated decision gives the same time.
 */
final class RetryTimes {

    /** After the first attempt, the second, and so on: three days and three and a half hours in all. */
    private static final List<Duration> AFTER = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    static final int ATTEMPTS = AFTER.size() + 1;

    /** What a receiver may ask for with {@code Retry-After} at most. */
    private static final Duration LONGEST_ASKED = Duration.ofHours(24);

    private RetryTimes() {}

    /**
     * Milliseconds to wait.
     *
     * @param attempt that has failed, from 1, below {@link #ATTEMPTS}
     * @param askedMillis what the receiver asked for; 0: nothing
     */
    static long millis(String webhookId, int attempt, long askedMillis) {
        long planned = AFTER.get(attempt - 1).toMillis();
        int draw = Math.floorMod(31 * webhookId.hashCode() + 0x9E3779B9 * attempt, 1_000);
        return Math.max(planned + planned * draw / 10_000, Math.clamp(askedMillis, 0, LONGEST_ASKED.toMillis()));
    }
}
