package dev.unitymlops.schedule.cron;

import static com.cronutils.model.field.CronFieldName.DAY_OF_MONTH;
import static com.cronutils.model.field.CronFieldName.DAY_OF_WEEK;
import static com.cronutils.model.field.CronFieldName.HOUR;
import static com.cronutils.model.field.CronFieldName.MINUTE;
import static com.cronutils.model.field.CronFieldName.MONTH;
import static com.cronutils.model.field.CronFieldName.SECOND;
import static com.cronutils.model.field.CronFieldName.YEAR;

import com.cronutils.model.field.CronField;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.QuestionMark;
import dev.unitymlops.events.CronDialect;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** An expression that cron-utils accepts, as the times and days that it names. */
final class ReadExpression {
    private final Words words;
    private final Map<CronFieldName, CronField> fields;

    private ReadExpression(Words words) {
        this.words = words;
        this.fields = words.parse();
    }

    static Fields read(String expression, CronDialect dialect) {
        Words words = Words.of(expression, dialect);
        return new Fields(new ReadExpression(words).ticks(), words.at(HOUR).startsWith("*"));
    }

    private LocalTicks ticks() {
        long seconds = words.dialect().equals(Dialect.QUARTZ) ? bits(SECOND) : 1L;
        return new LocalTicks(seconds, bits(MINUTE), bits(HOUR), days());
    }

    private long bits(CronFieldName field) {
        return numbers(field).toLongArray()[0];
    }

    private BitSet numbers(CronFieldName field) {
        return Numbers.of(expression(field), words.dialect().range(field));
    }

    private FieldExpression expression(CronFieldName name) {
        CronField field = fields.get(name);
        return field == null ? FieldExpression.always() : field.getExpression();
    }

    private boolean restricted(CronFieldName field) {
        return !(expression(field) instanceof Always || expression(field) instanceof QuestionMark);
    }

    private LocalDays days() {
        BitSet years = restricted(YEAR) ? numbers(YEAR) : new BitSet();
        LocalDays days = new LocalDays((int) bits(MONTH), years, rule());
        if (days.inEveryYear().neverCome()) {
            throw never(MONTH);
        }
        if (days.neverCome()) {
            throw never(YEAR);
        }
        return days;
    }

    private IllegalArgumentException never(CronFieldName in) {
        CronFieldName day = restricted(DAY_OF_MONTH) ? DAY_OF_MONTH : DAY_OF_WEEK;
        return new IllegalArgumentException(
                "never fires: its " + words.shown(day) + " does not come in " + words.shown(in));
    }

    /** Where both are restricted, either is enough, as in every cron. */
    private DayRule rule() {
        DayFields days = new DayFields(words.dialect());
        List<DayRule> rules = new ArrayList<>();
        if (restricted(DAY_OF_MONTH)) {
            rules.add(days.ofMonth(expression(DAY_OF_MONTH)));
        }
        if (restricted(DAY_OF_WEEK)) {
            rules.add(days.ofWeek(expression(DAY_OF_WEEK)));
        }
        return switch (rules.size()) {
            case 0 -> new DayRule.EveryDay();
            case 1 -> rules.getFirst();
            default -> new DayRule.AnyOf(rules);
        };
    }
}
