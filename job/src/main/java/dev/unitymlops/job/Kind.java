package dev.unitymlops.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** What a key of the trainer's configuration may hold. */
sealed interface Kind {

    record Whole(long least) implements Kind {}

    record Real(double least, boolean open, double most) implements Kind {}

    record Flag() implements Kind {}

    record Text() implements Kind {}

    record Choice(List<String> words) implements Kind {}

    record Block(Map<String, Kind> keys) implements Kind {}

    /** Null, or what the other kind allows. */
    record OrNull(Kind kind) implements Kind {}

    /** Whatever is checked elsewhere, or not at all. */
    record Anything() implements Kind {}

    /** Tells what is wrong with the value at the path; unknown keys of blocks with a suggestion. */
    default void check(String path, JsonNode node, Findings findings) {
        switch (this) {
            case OrNull(Kind kind) when !node.isNull() -> kind.check(path, node, findings);
            case OrNull(Kind kind) -> {}
            case Anything() -> {}
            case Block(Map<String, Kind> keys) -> block(path, node, keys, findings);
            default -> {
                if (!holds(node)) {
                    findings.problem(path, node, "is not " + words(), remedy(node));
                }
            }
        }
    }

    private boolean holds(JsonNode node) {
        double value = number(node);
        return switch (this) {
            case Whole(long least) -> node.isNumber() && value == Math.rint(value) && value >= least;
            case Real(double least, boolean open, double most) ->
                (open ? value > least : value >= least) && value <= most;
            case Flag() -> node.isBoolean();
            case Text() -> node.isTextual() && !node.textValue().isBlank();
            case Choice(List<String> words) -> node.isTextual() && words.contains(node.textValue());
            case Block b -> node.isObject();
            case OrNull n -> true;
            case Anything a -> true;
        };
    }

    /** The trainer reads floats from text too: PyYAML takes {@code 3e-4} for text and float() mends it. */
    private static double number(JsonNode node) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        boolean exponent = node.isTextual() && node.textValue().matches("[-+]?[0-9]{1,9}[eE][-+]?[0-9]{1,3}");
        return exponent ? Double.parseDouble(node.textValue()) : Double.NaN;
    }

    private String words() {
        return switch (this) {
            case Whole(long least) -> "a whole number of at least " + least;
            case Real(double least, boolean open, double most) ->
                "a number " + (open ? "above " : "from ") + least + (most < Double.MAX_VALUE ? " to " + most : "");
            case Flag() -> "true or false";
            case Text() -> "text";
            case Choice(List<String> words) -> "one of " + String.join(", ", words);
            case Block b -> "a mapping";
            case OrNull n -> n.kind().words();
            case Anything a -> "anything";
        };
    }

    private String remedy(JsonNode node) {
        double value = number(node);
        if (this instanceof Whole && node.isTextual() && value == Math.rint(value) && value < 1e15) {
            return "Write " + (long) value + ": the trainer's YAML reader takes an exponent for text.";
        }
        return "Give " + words() + ".";
    }

    private static void block(String path, JsonNode node, Map<String, Kind> keys, Findings findings) {
        if (!(node instanceof ObjectNode object)) {
            findings.problem(path, node, "is not a mapping", "Give keys and values.");
            return;
        }
        object.properties().forEach(entry -> {
            Kind kind = keys.get(entry.getKey());
            String at = path + "." + entry.getKey();
            if (kind == null && !findings.isFull()) {
                String remedy = Suggestion.nearest(entry.getKey(), keys.keySet())
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("Known here: "
                                + String.join(
                                        ", ", keys.keySet().stream().sorted().toList()) + ".");
                findings.problem(at, entry.getValue(), "is not a key that the trainer knows here", remedy);
            } else if (kind != null) {
                kind.check(at, entry.getValue(), findings);
            }
        });
    }
}
