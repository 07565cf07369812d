package dev.unitymlops.schedule.cron;

import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.value.SpecialChar;
import java.time.DayOfWeek;
import java.util.function.Function;

/** The two day fields as rules. */
final class DayFields {
    /** What cron-utils gives for a number that is not there. */
    private static final int ABSENT = -1;

    private static final int WEEKS_OF_A_MONTH = 5;

    private final Dialect dialect;

    DayFields(Dialect dialect) {
        this.dialect = dialect;
    }

    DayRule ofMonth(FieldExpression expression) {
        return anyOf(expression, this::dayOfMonth);
    }

    DayRule ofWeek(FieldExpression expression) {
        return anyOf(expression, this::dayOfWeek);
    }

    private static DayRule anyOf(FieldExpression expression, Function<FieldExpression, DayRule> rule) {
        return expression instanceof And and
                ? new DayRule.AnyOf(and.getExpressions().stream().map(rule).toList())
                : rule.apply(expression);
    }

    private DayRule dayOfMonth(FieldExpression expression) {
        if (!(expression instanceof On on) || special(on) == SpecialChar.NONE) {
            return new DayRule.DaysOfMonth(Numbers.of(expression, dialect.range(CronFieldName.DAY_OF_MONTH))
                    .toLongArray()[0]);
        }
        int day = on.getTime().getValue();
        SpecialChar special = special(on);
        if (special == SpecialChar.L && day == ABSENT) {
            return new DayRule.BeforeLast(Math.max(0, on.getNth().getValue()));
        } else if (special == SpecialChar.LW) {
            return new DayRule.LastWorkday();
        } else if (special == SpecialChar.W) {
            return new DayRule.NearestWorkday(day);
        }
        throw meaningless(CronFieldName.DAY_OF_MONTH, on);
    }

    private DayRule dayOfWeek(FieldExpression expression) {
        if (!(expression instanceof On on) || special(on) == SpecialChar.NONE) {
            long days = 0;
            for (int number : Numbers.of(expression, dialect.range(CronFieldName.DAY_OF_WEEK)).stream()
                    .toArray()) {
                days |= 1L << dialect.dayOfWeek(number).getValue();
            }
            return new DayRule.DaysOfWeek(days);
        }
        int day = on.getTime().getValue();
        int nth = on.getNth().getValue();
        boolean last = special(on) == SpecialChar.L && nth == ABSENT;
        if (last && day == ABSENT) {
            return new DayRule.DaysOfWeek(1L << DayOfWeek.SATURDAY.getValue());
        } else if (last) {
            return new DayRule.LastOfMonth(dialect.dayOfWeek(day));
        } else if (special(on) == SpecialChar.HASH && nth >= 1 && nth <= WEEKS_OF_A_MONTH) {
            return new DayRule.NthOfMonth(dialect.dayOfWeek(day), nth);
        }
        throw meaningless(CronFieldName.DAY_OF_WEEK, on);
    }

    private static IllegalArgumentException meaningless(CronFieldName field, On on) {
        return new IllegalArgumentException(
                "its " + Dialect.words(field) + " is wrong: " + on.asString() + " means no day");
    }

    private static SpecialChar special(On on) {
        return on.getSpecialChar().getValue();
    }
}
