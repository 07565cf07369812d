package dev.unitymlops.schedule.cron;

import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.value.FieldValue;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** The numbers that a field lists. */
final class Numbers {

    /** What a field may hold, both ends included. */
    record Range(int least, int most) {}

    private Numbers() {}

    /** @throws IllegalArgumentException when the field holds none */
    static BitSet of(FieldExpression expression, Range range) {
        BitSet numbers = new BitSet();
        add(expression, range, numbers);
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("never fires: " + expression.asString() + " names nothing");
        }
        return numbers;
    }

    private static void add(FieldExpression expression, Range range, BitSet numbers) {
        switch (expression) {
            case And and -> and.getExpressions().forEach(part -> add(part, range, numbers));
            case On on -> numbers.set(number(on.getTime()));
            case Every every -> step(every, range, numbers);
            default -> run(expression, range).forEach(numbers::set);
        }
    }

    /** {@code a/n} goes from a to the end, as {@code a-end/n}. */
    private static void step(Every every, Range range, BitSet numbers) {
        List<Integer> run = every.getExpression() instanceof On on
                ? IntStream.rangeClosed(number(on.getTime()), range.most())
                        .boxed()
                        .toList()
                : run(every.getExpression(), range);
        for (int i = 0; i < run.size(); i += number(every.getPeriod())) {
            numbers.set(run.get(i));
        }
    }

    /** In order; Quartz allows one that goes over the end, such as {@code 22-2} or {@code FRI-MON}. */
    private static List<Integer> run(FieldExpression expression, Range range) {
        return switch (expression) {
            case Always always ->
                IntStream.rangeClosed(range.least(), range.most()).boxed().toList();
            case Between between -> {
                int from = number(between.getFrom());
                int to = number(between.getTo());
                yield from <= to
                        ? IntStream.rangeClosed(from, to).boxed().toList()
                        : IntStream.concat(
                                        IntStream.rangeClosed(from, range.most()),
                                        IntStream.rangeClosed(range.least(), to))
                                .boxed()
                                .toList();
            }
            default -> throw new IllegalArgumentException(expression.asString() + " cannot stand here");
        };
    }

    static int number(FieldValue<?> value) {
        if (value.getValue() instanceof Integer number) {
            return number;
        }
        throw new IllegalArgumentException(value + " is no number");
    }
}
