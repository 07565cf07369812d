package dev.unitymlops.schedule.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * The local times that an expression names, without a zone.
 *
 * @param seconds bit n: second n; none of the three sets is empty
 * @param minutes bit n: minute n
 * @param hours bit n: hour n
 */
record LocalTicks(long seconds, long minutes, long hours, LocalDays days) {
    private static final int NONE = 64;

    @Nullable
    LocalDateTime atOrAfter(LocalDateTime from) {
        LocalDate date = days.atOrAfter(from.toLocalDate());
        if (date == null) {
            return null;
        }
        if (!date.equals(from.toLocalDate())) {
            return date.atTime(first());
        }
        LocalTime time = atOrAfter(from.toLocalTime());
        if (time != null) {
            return date.atTime(time);
        }
        date = days.atOrAfter(date.plusDays(1));
        return date == null ? null : date.atTime(first());
    }

    private LocalTime first() {
        return LocalTime.of(atOrAfter(hours, 0), atOrAfter(minutes, 0), atOrAfter(seconds, 0));
    }

    /** The first time of the same day; nanoseconds are taken as none. */
    private @Nullable LocalTime atOrAfter(LocalTime from) {
        int hour = atOrAfter(hours, from.getHour());
        if (hour == from.getHour()) {
            int minute = atOrAfter(minutes, from.getMinute());
            if (minute == from.getMinute()) {
                int second = atOrAfter(seconds, from.getSecond());
                if (second != NONE) {
                    return LocalTime.of(hour, minute, second);
                }
                minute = atOrAfter(minutes, minute + 1);
            }
            if (minute != NONE) {
                return LocalTime.of(hour, minute, atOrAfter(seconds, 0));
            }
            hour = atOrAfter(hours, hour + 1);
        }
        return hour == NONE ? null : LocalTime.of(hour, atOrAfter(minutes, 0), atOrAfter(seconds, 0));
    }

    private static int atOrAfter(long bits, int from) {
        return Long.numberOfTrailingZeros(bits & (-1L << from));
    }
}
