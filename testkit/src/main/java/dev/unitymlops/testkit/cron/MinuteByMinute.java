package dev.unitymlops.testkit.cron;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an expression means, told the slow way: by looking at every minute. Made from the written rules alone, to judge
 * what computes them: it shares no code with that, and asks neither cron-utils nor the zone for its transitions.
 */
public final class MinuteByMinute {
    private static final String NAMES = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC";
    private static final String DAYS = "SUN MON TUE WED THU FRI SAT";

    /** Longer than a clock was ever put back since 1995, so that a repeated minute is known as one. */
    private static final int WARM_UP_MINUTES = 5 * 60;

    private final Set<Integer> minutes;
    private final Set<Integer> hours;
    private final Set<Integer> daysOfMonth;
    private final Set<Integer> months;
    private final Set<Integer> daysOfWeek;
    private final boolean eitherDay;
    private final boolean interval;
    private final ZoneId zone;

    /**
     * An expression in a zone.
     *
     * @param expression five fields of unix, of the forms that {@link RandomExpressions} makes
     */
    public MinuteByMinute(String expression, ZoneId zone) {
        String[] fields = expression.split(" ", -1);
        this.minutes = numbers(fields[0], 0, 59, "");
        this.hours = numbers(fields[1], 0, 23, "");
        this.daysOfMonth = numbers(fields[2], 1, 31, "");
        this.months = numbers(fields[3], 1, 12, NAMES);
        this.daysOfWeek = numbers(fields[4], 0, 6, DAYS);
        if (daysOfWeek.contains(7)) {
            daysOfWeek.add(0);
        }
        this.eitherDay = !fields[2].equals("*") && !fields[4].equals("*");
        this.interval = fields[1].startsWith("*");
        this.zone = zone;
    }

    private static Set<Integer> numbers(String field, int least, int most, String names) {
        Set<Integer> numbers = new TreeSet<>();
        for (String part : field.split(",", -1)) {
            String[] runAndStep = part.split("/", -1);
            int step = runAndStep.length == 1 ? 1 : Integer.parseInt(runAndStep[1]);
            String[] ends = runAndStep[0].split("-", -1);
            int from = ends[0].equals("*") ? least : number(ends[0], least, names);
            boolean open = ends[0].equals("*") || (ends.length == 1 && runAndStep.length == 2);
            int to = open ? most : ends.length == 1 ? from : number(ends[1], least, names);
            if (open && from == 7 && names.equals(DAYS)) {
                from = 0;
            }
            for (int number = from; number <= to; number += step) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static int number(String word, int least, String names) {
        int position = Arrays.asList(names.split(" ", -1)).indexOf(word.toUpperCase(Locale.ROOT));
        return position >= 0 ? position + least : Integer.parseInt(word);
    }

    /** Every tick from the first to before the second; both are whole minutes. */
    public List<Instant> between(Instant from, Instant to) {
        List<Instant> ticks = new ArrayList<>();
        Instant instant = from.minusSeconds(WARM_UP_MINUTES * 60L);
        LocalDateTime latest = local(instant);
        for (; instant.isBefore(to); instant = instant.plusSeconds(60)) {
            LocalDateTime local = local(instant);
            boolean fires = interval ? matches(local) : firesFixed(latest, local);
            if (fires && !instant.isBefore(from)) {
                ticks.add(instant);
            }
            latest = local.isAfter(latest) ? local : latest;
        }
        return ticks;
    }

    /** Whether a local minute that is now shown for the first time, or one that was left out just before it, is listed. */
    private boolean firesFixed(LocalDateTime latest, LocalDateTime local) {
        for (LocalDateTime shown = latest.plusMinutes(1); !shown.isAfter(local); shown = shown.plusMinutes(1)) {
            if (matches(shown)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(LocalDateTime local) {
        return minutes.contains(local.getMinute())
                && hours.contains(local.getHour())
                && matchesDay(local.toLocalDate());
    }

    /** Whether a date is one of the day fields' and of the months. */
    public boolean matchesDay(LocalDate date) {
        boolean ofMonth = daysOfMonth.contains(date.getDayOfMonth());
        boolean ofWeek = daysOfWeek.contains(date.getDayOfWeek().getValue() % 7);
        return months.contains(date.getMonthValue()) && (eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek);
    }

    private LocalDateTime local(Instant instant) {
        ZoneOffset offset = zone.getRules().getOffset(instant);
        return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, offset);
    }
}
