package dev.unitymlops.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.unitymlops.cli.terminal.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A field in which two versions differ.
 *
 * @param field names in the JSON of {@code models show}, with dots between, and [i] behind a list of things
 * @param change b less a; null unless both are numbers
 */
record Difference(
        String field, JsonNode a, JsonNode b, @Nullable Double change) {

    /** Of a gate, whose two numbers mean nothing apart. */
    private static final String SENTENCE = "says";

    /** Every field in which they differ, by name. */
    static List<Difference> between(VersionView a, VersionView b) {
        SortedMap<String, JsonNode> ofA = fields(a);
        SortedMap<String, JsonNode> ofB = fields(b);
        var names = new TreeSet<>(ofA.keySet());
        names.addAll(ofB.keySet());
        var differences = new ArrayList<Difference>();
        for (String name : names) {
            JsonNode inA = ofA.getOrDefault(name, NullNode.getInstance());
            JsonNode inB = ofB.getOrDefault(name, NullNode.getInstance());
            if (!inA.equals(inB)) {
                Double change = inA.isNumber() && inB.isNumber() ? inB.doubleValue() - inA.doubleValue() : null;
                differences.add(new Difference(name, inA, inB, change));
            }
        }
        return differences;
    }

    private static SortedMap<String, JsonNode> fields(VersionView view) {
        var fields = new TreeMap<String, JsonNode>();
        flatten("", Json.tree(Json.line(view)), fields);
        // Every version has its own number, which is asked for, and a place that is named for it.
        List.of("version", "resource_name", "uri", "version_file", "provenance").forEach(fields::remove);
        return fields;
    }

    private static void flatten(String name, JsonNode node, SortedMap<String, JsonNode> into) {
        if (node.isObject()) {
            node.properties()
                    .forEach(child -> flatten(
                            name.isEmpty() ? child.getKey() : name + "." + child.getKey(), child.getValue(), into));
        } else if (node.path(0).isObject() && !node.path(0).has(SENTENCE)) {
            for (int i = 0; i < node.size(); i++) {
                flatten(name + "[" + i + "]", node.path(i), into);
            }
        } else {
            into.put(name, node);
        }
    }

    String shownA() {
        return shown(a);
    }

    String shownB() {
        return shown(b);
    }

    /** For people. */
    String shownChange() {
        return change == null ? "" : (change > 0 ? "+" : "") + trimmed(change);
    }

    private static String shown(JsonNode value) {
        if (value.isArray()) {
            return value.isEmpty()
                    ? "-"
                    : String.join(
                            "; ",
                            StreamSupport.stream(value.spliterator(), false)
                                    .map(element -> element.isObject()
                                            ? element.path(SENTENCE).asText()
                                            : element.asText())
                                    .toList());
        }
        return value.isNull() ? "-" : value.isFloatingPointNumber() ? trimmed(value.doubleValue()) : value.asText();
    }

    /** Six digits behind the point at most. */
    private static String trimmed(double number) {
        return BigDecimal.valueOf(number)
                .setScale(6, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
