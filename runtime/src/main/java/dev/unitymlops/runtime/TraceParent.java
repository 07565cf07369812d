package dev.unitymlops.runtime;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The W3C Trace Context header {@code traceparent}, version 00: which trace a record belongs to and which span wrote it.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 lower-case hexadecimal digits, not all zero
 * @param sampled whether the trace is recorded
 */
public record TraceParent(String traceId, String spanId, boolean sampled) {
    /** Later versions may append fields; version ff does not exist. */
    private static final Pattern HEADER =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    /** A new trace. */
    public static TraceParent begin(RandomGenerator random) {
        return new TraceParent(hex(random, 16), hex(random, 8), true);
    }

    /** Empty when the text is not a traceparent. */
    public static Optional<TraceParent> parse(String text) {
        var header = HEADER.matcher(text.strip());
        if (!header.matches() || (header.group(1).equals("00") && header.group(5) != null)) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(header.group(4), 16) & 1) == 1;
        return Optional.of(new TraceParent(header.group(2), header.group(3), sampled));
    }

    /** A child span of the one in the text; a new trace when there is none or it is malformed, as W3C asks. */
    public static TraceParent continued(@Nullable String text, RandomGenerator random) {
        return Optional.ofNullable(text)
                .flatMap(TraceParent::parse)
                .map(parent -> parent.child(random))
                .orElseGet(() -> begin(random));
    }

    public TraceParent child(RandomGenerator random) {
        return new TraceParent(traceId, hex(random, 8), sampled);
    }

    /** As it stands in the header. */
    public String header() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    private static String hex(RandomGenerator random, int bytes) {
        var drawn = new byte[bytes];
        do {
            random.nextBytes(drawn);
        } while (isZero(drawn));
        return HexFormat.of().formatHex(drawn);
    }

    private static boolean isZero(byte[] drawn) {
        for (byte b : drawn) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
