package dev.unitymlops.schedule.cron;

import java.time.LocalDate;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The dates that an expression names.
 *
 * @param months bit n: month n, from 1
 * @param years bit n: year n; empty: every year
 */
record LocalDays(int months, BitSet years, DayRule rule) {
    /** The calendar and its weekdays repeat after so many years: what does not come in them never comes. */
    private static final int CYCLE_YEARS = 400;

    private static final int LAST_YEAR = 9999;

    @Nullable
    LocalDate atOrAfter(LocalDate from) {
        int lastYear = years.isEmpty() ? Math.min(LAST_YEAR, from.getYear() + CYCLE_YEARS) : years.length() - 1;
        LocalDate month = from;
        while (month.getYear() <= lastYear) {
            LocalDate day = inMonth(month);
            if (day != null) {
                return day;
            }
            month = month.withDayOfMonth(1).plusMonths(1);
        }
        return null;
    }

    private @Nullable LocalDate inMonth(LocalDate from) {
        boolean listed = (months & 1 << from.getMonthValue()) != 0 && (years.isEmpty() || years.get(from.getYear()));
        if (!listed) {
            return null;
        }
        for (int day = from.getDayOfMonth(); day <= from.lengthOfMonth(); day++) {
            LocalDate date = from.withDayOfMonth(day);
            if (rule.matches(date)) {
                return date;
            }
        }
        return null;
    }

    boolean neverCome() {
        return atOrAfter(LocalDate.of(1970, 1, 1)) == null;
    }

    LocalDays inEveryYear() {
        return new LocalDays(months, new BitSet(), rule);
    }
}
