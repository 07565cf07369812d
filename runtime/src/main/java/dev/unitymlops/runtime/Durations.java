package dev.unitymlops.runtime;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Times as people write them: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 7d}, {@code PT1H30M}. */
public final class Durations {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)?");

    private Durations() {}

    /**
     * What the text says.
     *
     * @throws Setting.UnreadableValue when it is none
     */
    public static Duration parse(String text) {
        var written = SHORT.matcher(text.toLowerCase(Locale.ROOT));
        if (written.matches()) {
            long amount = Long.parseLong(written.group(1));
            String unit = written.group(2) == null ? "s" : written.group(2);
            return switch (unit) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        try {
            Duration iso = Duration.parse(text);
            if (!iso.isNegative()) {
                return iso;
            }
        } catch (DateTimeParseException e) {
            // Falls through to the one message there is: what is wrong with the text matters less than what is right.
        }
        throw new Setting.UnreadableValue("is not a duration", "write it as 250ms, 30s, 5m, 2h, 7d or PT1H30M");
    }

    /** The shortest form that {@link #parse} reads back as the same. */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes % 60 != 0) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        return hours % 24 == 0 ? hours / 24 + "d" : hours + "h";
    }
}
