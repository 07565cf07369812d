package dev.unitymlops.schedule.cron;

import static com.cronutils.model.field.CronFieldName.DAY_OF_MONTH;
import static com.cronutils.model.field.CronFieldName.DAY_OF_WEEK;
import static com.cronutils.model.field.CronFieldName.HOUR;
import static com.cronutils.model.field.CronFieldName.MINUTE;
import static com.cronutils.model.field.CronFieldName.MONTH;
import static com.cronutils.model.field.CronFieldName.SECOND;
import static com.cronutils.model.field.CronFieldName.YEAR;

import com.cronutils.model.CronType;
import com.cronutils.model.field.CronFieldName;
import dev.unitymlops.events.CronDialect;
import dev.unitymlops.schedule.cron.Numbers.Range;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The order of an expression's fields and what their numbers are.
 *
 * @param name for people
 * @param fewest fields that an expression has at least
 * @param week the numbers of the days of a week, from Sunday
 * @param order of the fields; those beyond the fewest may be absent
 */
record Dialect(String name, CronType type, int fewest, Range week, List<CronFieldName> order) {
    static final Dialect UNIX = new Dialect(
            "unix", CronType.UNIX, 5, new Range(0, 6), List.of(MINUTE, HOUR, DAY_OF_MONTH, MONTH, DAY_OF_WEEK));

    static final Dialect QUARTZ = new Dialect(
            "quartz",
            CronType.QUARTZ,
            6,
            new Range(1, 7),
            List.of(SECOND, MINUTE, HOUR, DAY_OF_MONTH, MONTH, DAY_OF_WEEK, YEAR));

    Dialect {
        order = List.copyOf(order);
    }

    static Dialect of(CronDialect dialect) {
        return switch (dialect) {
            case UNIX -> UNIX;
            case QUARTZ -> QUARTZ;
            case UNKNOWN -> throw new IllegalArgumentException("is of a dialect that this version does not know");
        };
    }

    boolean takes(int fields) {
        return fields >= fewest && fields <= order.size();
    }

    /** Its fields, for people. */
    String shape() {
        return order.stream()
                .map(field -> order.indexOf(field) < fewest ? words(field) : "[" + words(field) + "]")
                .collect(Collectors.joining(" "));
    }

    Range range(CronFieldName field) {
        return switch (field) {
            case SECOND, MINUTE -> new Range(0, 59);
            case HOUR -> new Range(0, 23);
            case DAY_OF_MONTH -> new Range(1, 31);
            case MONTH -> new Range(1, 12);
            case DAY_OF_WEEK -> week;
            case YEAR -> new Range(1970, 2099);
            case DAY_OF_YEAR -> throw new IllegalArgumentException("no dialect has a day of the year");
        };
    }

    /** Unix counts from 0 for Sunday, and 7 is Sunday too; Quartz from 1 for Sunday. */
    DayOfWeek dayOfWeek(int number) {
        return DayOfWeek.SUNDAY.plus(number - week.least());
    }

    static String words(CronFieldName field) {
        return field.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
