package dev.unitymlops.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of one JSON object, read by name and range; {@link #end} refuses the keys that nobody asked for. */
final class Attributes {
    private final ObjectNode object;
    private final String path;
    private final Findings findings;
    private final Set<String> asked = new LinkedHashSet<>();

    Attributes(ObjectNode object, String path, Findings findings) {
        this.object = object;
        this.path = path;
        this.findings = findings;
    }

    boolean has(String name) {
        asked.add(name);
        return object.hasNonNull(name);
    }

    /** A whole number in the range, or {@code least} after telling of a wrong or missing one. */
    int whole(String name, int least, int most) {
        JsonNode node = get(name);
        Integer value = wholeNumber(node);
        if (value != null && value >= least && value <= most) {
            return value;
        }
        wrong(
                name,
                node,
                "not a whole number from " + least + " to " + most,
                "Give one, such as " + name + ": " + least);
        return least;
    }

    int whole(String name, int least, int most, int otherwise) {
        return has(name) ? whole(name, least, most) : otherwise;
    }

    double real(String name, double least, double most, double otherwise) {
        JsonNode node = get(name);
        if (node == null) {
            return otherwise;
        }
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (value >= least && value <= most) {
            return value;
        }
        wrong(name, node, "not a number from " + least + " to " + most, "Give one, or leave it out for " + otherwise);
        return otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode node = get(name);
        if (node != null && !node.isBoolean()) {
            wrong(name, node, "not a boolean", "Write true or false");
        }
        return node == null ? otherwise : node.booleanValue();
    }

    /** Non-empty text of a bounded length, or "" after telling of another. */
    String text(String name, int longest, String example) {
        JsonNode node = get(name);
        String text = node != null && node.isTextual() ? node.textValue() : "";
        if (text.isBlank() || text.length() > longest) {
            wrong(
                    name,
                    node,
                    "not a text of 1 to " + longest + " characters",
                    "Give one, such as " + name + ": " + example);
            return "";
        }
        return text;
    }

    /** Distinct texts, at least one, each of which passes {@code pattern}. */
    List<String> texts(String name, int most, String pattern, String example) {
        JsonNode node = get(name);
        Set<String> texts = new LinkedHashSet<>();
        if (node != null && node.isArray()) {
            node.forEach(item -> {
                if (item.isTextual() && item.textValue().matches(pattern)) {
                    texts.add(item.textValue());
                }
            });
        }
        if (texts.isEmpty() || node == null || texts.size() != node.size() || texts.size() > most) {
            wrong(
                    name,
                    node,
                    "not a list of 1 to " + most + " different names",
                    "Give one, such as " + name + ": " + example);
        }
        return List.copyOf(texts);
    }

    /** Whole numbers in the range, at least {@code fewest} and at most {@code most} of them. */
    List<Integer> wholes(String name, int fewest, int most, int least, int largest, String example) {
        JsonNode node = get(name);
        List<Integer> values = new ArrayList<>();
        if (node != null && node.isArray()) {
            node.forEach(item -> {
                Integer value = wholeNumber(item);
                if (value != null && value >= least && value <= largest) {
                    values.add(value);
                }
            });
        }
        boolean complete = node != null && values.size() == node.size();
        if (!complete || values.size() < fewest || values.size() > most) {
            wrong(
                    name,
                    node,
                    "not a list of " + fewest + " to " + most + " whole numbers from " + least + " to " + largest,
                    "Give one, such as " + name + ": " + example);
        }
        return List.copyOf(values);
    }

    /** The keys that nobody asked for are problems. */
    void end() {
        object.properties().forEach(entry -> {
            if (!asked.contains(entry.getKey()) && !findings.isFull()) {
                String remedy = Suggestion.nearest(entry.getKey(), asked)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("Known here: " + String.join(", ", asked) + ".");
                wrong(entry.getKey(), entry.getValue(), "not known here", remedy);
            }
        });
    }

    void wrong(String name, @Nullable JsonNode node, String what, String remedy) {
        String found = node == null ? "is missing: " + what.replaceFirst("^not ", "") + " is needed" : "is " + what;
        findings.problem(
                path + "." + name, node, found, remedy.endsWith(".") || remedy.endsWith("?") ? remedy : remedy + ".");
    }

    static @Nullable Integer wholeNumber(@Nullable JsonNode node) {
        if (node == null || !node.isNumber()) {
            return null;
        }
        double value = node.doubleValue();
        return value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE ? (Integer) (int) value : null;
    }

    private @Nullable JsonNode get(String name) {
        asked.add(name);
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }
}
