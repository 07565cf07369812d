package dev.unitymlops.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.AssetSpec;
import dev.unitymlops.events.BehaviourSource;
import dev.unitymlops.events.ImitationSpec;
import dev.unitymlops.events.Provenance;
import dev.unitymlops.events.Registration;
import dev.unitymlops.events.RegistrationGates;
import dev.unitymlops.events.Requirements;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.Timeouts;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.UnityPlacement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * A JSON tree as an Avro record, guided by the schema. What is wrong is told and replaced by the field's default, so that
 * one reading finds everything; the record is of use only when nothing was found.
 */
final class RecordReader {
    private static final double EXACT_DOUBLES = 9007199254740992.0;

    /** Made by their constructors: Avro's own way, by class name, asks this process to trust the package first. */
    private static final Map<String, Supplier<IndexedRecord>> RECORDS = Map.ofEntries(
            Map.entry("TrainingJob", TrainingJob::new),
            Map.entry("AssetSpec", AssetSpec::new),
            Map.entry("RlConfig", RlConfig::new),
            Map.entry("ImitationSpec", ImitationSpec::new),
            Map.entry("UnityPlacement", UnityPlacement::new),
            Map.entry("Registration", Registration::new),
            Map.entry("RegistrationGates", RegistrationGates::new),
            Map.entry("Timeouts", Timeouts::new),
            Map.entry("Requirements", Requirements::new),
            Map.entry("BehaviourSource", BehaviourSource::new),
            Map.entry("Provenance", Provenance::new));

    private final UnknownKeys unknownKeys;
    private final Findings findings;

    RecordReader(Schema root, Findings findings) {
        this.unknownKeys = new UnknownKeys(root, findings);
        this.findings = findings;
    }

    IndexedRecord record(Schema schema, ObjectNode tree, String path) {
        unknownKeys.check(schema, tree, path);
        IndexedRecord record = empty(schema);
        for (Schema.Field field : schema.getFields()) {
            String at = path.isEmpty() ? field.name() : path + "." + field.name();
            JsonNode node = tree.get(field.name());
            Object value = node == null || node.isNull() ? null : value(type(field.schema()), node, at, field.name());
            boolean missing = node == null || node.isNull();
            record.put(field.pos(), value == null ? fallback(field, missing, at) : value);
        }
        return record;
    }

    private static IndexedRecord empty(Schema schema) {
        Supplier<IndexedRecord> constructor = RECORDS.get(schema.getName());
        if (constructor == null) {
            throw new IllegalStateException(schema.getName() + " is not in the table of a job's records");
        }
        return constructor.get();
    }

    private @Nullable Object fallback(Schema.Field field, boolean missing, String path) {
        if (field.hasDefaultValue()) {
            SpecificData data = SpecificData.get();
            return data.deepCopy(field.schema(), data.getDefaultValue(field));
        }
        if (missing) {
            findings.problem(path, null, "is missing", "Give it: " + lowerFirst(field.doc()));
        }
        return switch (field.schema().getType()) {
            case RECORD -> record(field.schema(), Json.object(), path);
            case STRING -> "";
            default -> throw new IllegalStateException("no stand-in for " + path);
        };
    }

    private static String lowerFirst(String doc) {
        return doc.substring(0, 1).toLowerCase(Locale.ROOT) + doc.substring(1);
    }

    /** The type a value must have: that of a nullable field without null. */
    private static Schema type(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        return schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private @Nullable Object value(Schema schema, JsonNode node, String path, String name) {
        return switch (schema.getType()) {
            case STRING -> JobJson.JSON_TEXT.contains(name) ? jsonText(node, path) : text(node, path);
            case BOOLEAN -> node.isBoolean() ? node.booleanValue() : wrong(path, node, "a boolean", "true or false");
            case INT -> integer(node, path);
            case LONG -> whole(node, path, -EXACT_DOUBLES, EXACT_DOUBLES);
            case DOUBLE -> real(node, path);
            case ARRAY -> array(schema, node, path, name);
            case MAP -> map(node, path);
            case RECORD ->
                node instanceof ObjectNode object
                        ? record(schema, object, path)
                        : wrong(path, node, "a mapping", "its fields, one per line");
            default -> throw new IllegalStateException("no job field has type " + schema.getType());
        };
    }

    private @Nullable String text(JsonNode node, String path) {
        if (node.isTextual()) {
            return node.textValue();
        }
        wrong(path, node, "text", node.isValueNode() ? "it in quotes" : "text");
        return null;
    }

    private @Nullable String jsonText(JsonNode node, String path) {
        if (node.isObject()) {
            return Json.write(node);
        }
        wrong(path, node, "a mapping", "keys and values, or leave it out");
        return null;
    }

    private @Nullable Double real(JsonNode node, String path) {
        if (node.isNumber() && Double.isFinite(node.doubleValue())) {
            return node.doubleValue();
        }
        wrong(path, node, "a finite number", "a number such as 0.0003 or 3e-4, without quotes");
        return null;
    }

    private @Nullable Integer integer(JsonNode node, String path) {
        Long value = whole(node, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
        return value == null ? null : value.intValue();
    }

    private @Nullable Long whole(JsonNode node, String path, double least, double most) {
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (value != Math.rint(value)) {
            String digits = node.isTextual() ? node.textValue().replace("_", "") : "";
            wrong(path, node, "a whole number", digits.matches("[0-9]{1,18}") ? digits : "digits without quotes");
            return null;
        }
        if (value < least || value > most) {
            findings.problem(path, node, "is too large a number", "Give one that fits into the field.");
            return null;
        }
        return node.longValue();
    }

    private @Nullable List<Object> array(Schema schema, JsonNode node, String path, String name) {
        if (!node.isArray()) {
            wrong(path, node, "a list", "a list such as [a, b]");
            return null;
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            Object value = value(schema.getElementType(), node.get(i), path + "[" + i + "]", name);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** Free text by key; numbers, booleans and nested values of the original's free dict are kept as their JSON text. */
    private @Nullable Map<String, String> map(JsonNode node, String path) {
        if (!node.isObject()) {
            wrong(path, node, "a mapping", "keys and texts");
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            values.put(entry.getKey(), value.isTextual() ? value.textValue() : Json.write(value));
        });
        return values;
    }

    /** Tells of a value of the wrong type; always null. */
    private @Nullable Object wrong(String path, JsonNode node, String expected, String write) {
        findings.problem(path, node, "is " + kind(node) + ", not " + expected, "Write " + write + ".");
        return null;
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case ARRAY -> "a list";
            case OBJECT -> "a mapping";
            default -> "empty";
        };
    }
}
