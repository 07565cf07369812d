package dev.unitymlops.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.job.Findings;
import dev.unitymlops.job.Suggestion;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes fields out of a tree by name and type; null is as absent. A field of another type is told and taken as absent. */
final class TakeFields {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*([smhd])");
    private static final Pattern INSTANT = Pattern.compile(".*T.*(Z|[+-]\\d\\d(:?\\d\\d)?)");

    private final ObjectNode tree;
    private final Findings findings;

    TakeFields(ObjectNode tree, Findings findings) {
        this.tree = tree;
        this.findings = findings;
    }

    /** The older name of a field says the same. */
    void rename(String older, String today) {
        JsonNode value = take(older);
        if (value == null) {
            return;
        }
        if (tree.hasNonNull(today)) {
            findings.problem(older, value, "says the same as " + today, "Keep " + today + " only.");
        } else {
            tree.set(today, value);
        }
    }

    /** A text that must be there; "" after telling that it is not. */
    String text(String name, String remedy) {
        JsonNode value = take(name);
        if (value == null) {
            findings.problem(name, null, "is missing", remedy);
            return "";
        }
        return text(name, value, "", remedy);
    }

    String text(String name, String otherwise, String remedy) {
        JsonNode value = take(name);
        return value == null ? otherwise : text(name, value, otherwise, remedy);
    }

    private String text(String name, JsonNode value, String otherwise, String remedy) {
        if (value.isTextual()) {
            return value.textValue();
        }
        findings.problem(name, value, "is not text", value.isValueNode() ? "Write it in quotes." : remedy);
        return otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode value = take(name);
        if (value == null || value.isBoolean()) {
            return value == null ? otherwise : value.booleanValue();
        }
        findings.problem(name, value, "is not a boolean", "Write true or false.");
        return otherwise;
    }

    @Nullable
    Long whole(String name) {
        JsonNode value = take(name);
        return value == null ? null : whole(name, value, "Write digits without quotes.");
    }

    private @Nullable Long whole(String name, JsonNode value, String remedy) {
        if (value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue())) {
            return value.longValue();
        }
        findings.problem(name, value, "is not a whole number", remedy);
        return null;
    }

    /** {@code <name>_seconds: 30}, or {@code <name>: 30s} with s, m, h or d. */
    @Nullable
    Long seconds(String name) {
        JsonNode written = take(name);
        if (written == null) {
            return whole(name + "_seconds");
        }
        if (tree.hasNonNull(name + "_seconds")) {
            findings.problem(name, written, "says the same as " + name + "_seconds", "Keep one of them.");
        }
        tree.remove(name + "_seconds");
        Matcher duration = DURATION.matcher(written.asText());
        if (!duration.matches()) {
            return whole(name, written, "Write seconds, such as 30, or a time such as 30s, 5m, 2h or 1d.");
        }
        long amount = Long.parseLong(duration.group(1));
        return switch (duration.group(2)) {
            case "s" -> amount;
            case "m" -> amount * 60;
            case "h" -> amount * 3_600;
            default -> amount * 86_400;
        };
    }

    /** One of the enum's words, in lower case and with hyphens, but for the one that stands for newer words. */
    <E extends Enum<E>> E choice(String name, E otherwise, E newer) {
        JsonNode value = take(name);
        if (value == null) {
            return otherwise;
        }
        List<E> choices = Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
                .filter(choice -> choice != newer)
                .toList();
        for (E choice : choices) {
            if (word(choice).equals(value.asText().toLowerCase(Locale.ROOT).replace('_', '-'))) {
                return choice;
            }
        }
        List<String> words = choices.stream().map(TakeFields::word).toList();
        String remedy = Suggestion.nearest(value.asText(), words)
                .map(near -> "Did you mean " + near + "?")
                .orElse("Give one of them.");
        findings.problem(name, value, "is none of " + String.join(", ", words), remedy);
        return otherwise;
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** An instant, or a date with or without time in the zone. */
    @Nullable
    Instant moment(String name, ZoneId zone) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        try {
            return instant(value.asText().strip(), zone);
        } catch (DateTimeException e) {
            findings.problem(
                    name,
                    value,
                    "is not a time",
                    "Write 2026-10-04T02:00:00Z, 2026-10-04T02:00 in the schedule's zone, or 2026-10-04.");
            return null;
        }
    }

    private static Instant instant(String text, ZoneId zone) {
        if (INSTANT.matcher(text).matches()) {
            return OffsetDateTime.parse(text).toInstant();
        }
        return text.contains("T")
                ? LocalDateTime.parse(text).atZone(zone).toInstant()
                : LocalDate.parse(text).atStartOfDay(zone).toInstant();
    }

    private @Nullable JsonNode take(String name) {
        JsonNode value = tree.remove(name);
        return value == null || value.isNull() ? null : value;
    }
}
