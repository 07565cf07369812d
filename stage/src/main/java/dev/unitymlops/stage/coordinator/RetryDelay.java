package dev.unitymlops.stage.coordinator;

/**
 * How long a job waits before its next attempt: doubling from {@code firstMillis}, at most {@code longestMillis}, plus
 * up to a quarter. The quarter is drawn from the job's id and attempt, so that a repeated decision gives the same wait.
 */
public record RetryDelay(long firstMillis, long longestMillis) {

    /** One second, doubling up to five minutes: the original pipeline's back-off. */
    public static final RetryDelay STANDARD = new RetryDelay(1_000, 300_000);

    long millis(String jobId, int attempt, int used) {
        long doubled = firstMillis << Math.min(Math.max(used - 1, 0), 30);
        long wait = Math.min(doubled, longestMillis);
        int draw = Math.floorMod(31 * jobId.hashCode() + 0x9E3779B9 * attempt, 1_000);
        return wait + wait * draw / 4_000;
    }
}
