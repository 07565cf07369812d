package dev.unitymlops.cli.view;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them. */
public final class Words {
    private Words() {}

    /** Such as {@code 0.8 s}, {@code 1:05 min} or {@code 2:30:00 h}. */
    public static String took(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return clock(duration.toSeconds()) + (duration.compareTo(Duration.ofHours(1)) < 0 ? " min" : " h");
    }

    /** Such as {@code 0:24} or {@code 1:02:03}. */
    static String clock(long seconds) {
        long hours = seconds / 3600;
        return hours == 0
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", hours, seconds / 60 % 60, seconds % 60);
    }

    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String reward(double reward) {
        return String.format(Locale.ROOT, "%.3f", reward);
    }
}
