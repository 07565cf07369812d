package dev.unitymlops.schedule;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Ids of the jobs that a schedule makes. The same tick or request gives the same ids, so that deciding it again asks for
 * nothing new. An id of a tick ends with Z, that of a request never does.
 */
public final class JobIds {
    private static final DateTimeFormatter TICK =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Pattern REQUEST = Pattern.compile("[0-9a-f]{8}.*", Pattern.DOTALL);
    private static final int REQUEST_DIGITS = 8;

    private JobIds() {}

    /**
     * {@code <schedule>-<asset>-<tick in UTC>}, such as {@code nightly-guard-007-20261004T020000Z}.
     *
     * @param tick a whole second of the years 0 to 9999, without jitter
     */
    public static String ofTick(String scheduleId, String assetId, Instant tick) {
        return scheduleId + "-" + assetId + "-" + TICK.format(tick);
    }

    /**
     * {@code <schedule>-<asset>-now-<8 digits>}: the digits are the first of the request's id.
     *
     * @throws IllegalArgumentException when the request's id does not begin with 8 lower-case hexadecimal digits
     */
    public static String ofRequest(String scheduleId, String assetId, String requestId) {
        if (!REQUEST.matcher(requestId).matches()) {
            throw new IllegalArgumentException(
                    "request_id does not begin with 8 lower-case hexadecimal digits; give a random UUID");
        }
        return scheduleId + "-" + assetId + "-now-" + requestId.substring(0, REQUEST_DIGITS);
    }

    /** The longest id that the schedule gives to a job of the asset. */
    static String longest(String scheduleId, String assetId) {
        return ofTick(scheduleId, assetId, Instant.EPOCH);
    }
}
