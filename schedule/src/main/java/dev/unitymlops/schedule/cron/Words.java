package dev.unitymlops.schedule.cron;

import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronField;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.parser.CronParser;
import dev.unitymlops.events.CronDialect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The words of an expression, one per field of its dialect; cron-utils says whether they are right. */
record Words(Dialect dialect, List<String> words) {
    /** Names for unix expressions that croniter and most crons know. */
    private static final Map<String, String> NICKNAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    /** What cron-utils puts before each reason. */
    private static final String PREAMBLE = "Failed to parse cron expression. ";

    Words {
        words = List.copyOf(words);
    }

    /** @throws IllegalArgumentException when there are too few or too many */
    static Words of(String expression, CronDialect wanted) {
        Dialect dialect = Dialect.of(wanted);
        String text = expression.strip();
        String meant =
                dialect.equals(Dialect.UNIX) ? NICKNAMES.getOrDefault(text.toLowerCase(Locale.ROOT), text) : text;
        List<String> words = List.of(meant.split("\\s+"));
        if (!dialect.takes(words.size())) {
            throw new IllegalArgumentException("has " + words.size() + " fields, not those of the dialect "
                    + dialect.name() + ": " + dialect.shape()
                    + otherDialect(dialect, words.size()));
        }
        return new Words(dialect, words);
    }

    private static String otherDialect(Dialect dialect, int fields) {
        Dialect other = dialect.equals(Dialect.UNIX) ? Dialect.QUARTZ : Dialect.UNIX;
        return other.takes(fields) ? "; with so many it may be of the dialect " + other.name() : "";
    }

    String at(CronFieldName field) {
        int position = dialect.order().indexOf(field);
        return position >= 0 && position < words.size() ? words.get(position) : "*";
    }

    /** The field for people, such as {@code day-of-month 30}. */
    String shown(CronFieldName field) {
        return Dialect.words(field) + " " + at(field);
    }

    /** @throws IllegalArgumentException naming the first field that is wrong */
    Map<CronFieldName, CronField> parse() {
        try {
            return parse(words);
        } catch (IllegalArgumentException e) {
            throw firstWrong().orElseGet(() -> new IllegalArgumentException(reason(e), e));
        }
    }

    private Map<CronFieldName, CronField> parse(List<String> fields) {
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(dialect.type()));
        return parser.parse(String.join(" ", fields)).retrieveFieldsAsMap();
    }

    /** cron-utils does not say which field it refuses: each is tried among fields that are right. */
    private Optional<IllegalArgumentException> firstWrong() {
        for (CronFieldName field : dialect.order().subList(0, words.size())) {
            try {
                parse(alone(field));
            } catch (IllegalArgumentException e) {
                return Optional.of(new IllegalArgumentException("its " + shown(field) + " is wrong: " + reason(e), e));
            }
        }
        return Optional.empty();
    }

    /** Quartz wants a question mark in one of the two day fields. */
    private List<String> alone(CronFieldName wrong) {
        CronFieldName open =
                wrong == CronFieldName.DAY_OF_WEEK ? CronFieldName.DAY_OF_MONTH : CronFieldName.DAY_OF_WEEK;
        String any = dialect.equals(Dialect.QUARTZ) ? "?" : "*";
        return dialect.order().stream()
                .limit(words.size())
                .map(field -> field == wrong ? at(field) : field == open ? any : "*")
                .toList();
    }

    private static String reason(IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage()).strip();
        return message.startsWith(PREAMBLE) ? message.substring(PREAMBLE.length()) : message;
    }
}
