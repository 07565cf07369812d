package dev.unitymlops.schedule.cron;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

/** Which days of a month a field, or both day fields together, name. */
sealed interface DayRule {
    boolean matches(LocalDate date);

    record EveryDay() implements DayRule {
        @Override
        public boolean matches(LocalDate date) {
            return true;
        }
    }

    /**
     * Days by number.
     *
     * @param days bit n: the nth of the month
     */
    record DaysOfMonth(long days) implements DayRule {
        @Override
        public boolean matches(LocalDate date) {
            return (days & 1L << date.getDayOfMonth()) != 0;
        }
    }

    /**
     * Days by name.
     *
     * @param days bit n: the day of week n, 1 for Monday to 7 for Sunday
     */
    record DaysOfWeek(long days) implements DayRule {
        @Override
        public boolean matches(LocalDate date) {
            return (days & 1L << date.getDayOfWeek().getValue()) != 0;
        }
    }

    /** Quartz {@code L} and {@code L-n}: so many days before the last of the month. */
    record BeforeLast(int days) implements DayRule {
        @Override
        public boolean matches(LocalDate date) {
            return date.getDayOfMonth() == date.lengthOfMonth() - days;
        }
    }

    /** Quartz {@code LW}: the last of Monday to Friday of the month. */
    record LastWorkday() implements DayRule {
        @Override
        public boolean matches(LocalDate date) {
            return date.equals(nearestWorkday(date.withDayOfMonth(date.lengthOfMonth())));
        }
    }

    /** Quartz {@code nW}: of Monday to Friday the nearest to a day, in the same month; none where there is no such day. */
    record NearestWorkday(int day) implements DayRule {
        @Override
        public boolean matches(LocalDate date) {
            return day <= date.lengthOfMonth() && date.equals(nearestWorkday(date.withDayOfMonth(day)));
        }
    }

    /** Quartz {@code d#n}: the nth such day of week of the month. */
    record NthOfMonth(DayOfWeek day, int n) implements DayRule {
        @Override
        public boolean matches(LocalDate date) {
            return date.getDayOfWeek() == day && (date.getDayOfMonth() - 1) / 7 + 1 == n;
        }
    }

    /** Quartz {@code dL}: the last such day of week of the month. */
    record LastOfMonth(DayOfWeek day) implements DayRule {
        @Override
        public boolean matches(LocalDate date) {
            return date.getDayOfWeek() == day && date.getDayOfMonth() > date.lengthOfMonth() - 7;
        }
    }

    record AnyOf(List<DayRule> rules) implements DayRule {
        public AnyOf {
            rules = List.copyOf(rules);
        }

        @Override
        public boolean matches(LocalDate date) {
            for (DayRule rule : rules) {
                if (rule.matches(date)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static LocalDate nearestWorkday(LocalDate day) {
        return switch (day.getDayOfWeek()) {
            case SATURDAY -> day.getDayOfMonth() == 1 ? day.plusDays(2) : day.minusDays(1);
            case SUNDAY -> day.getDayOfMonth() == day.lengthOfMonth() ? day.minusDays(2) : day.plusDays(1);
            default -> day;
        };
    }
}
