package dev.unitymlops.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.TrainingJob;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A job as the JSON of a job file, and back. Fields that are JSON text in Avro are nested objects in JSON; null is left
 * out, so that a nullable field of a later version changes nothing.
 */
public final class JobJson {
    /** Fields whose Avro text is a JSON object. */
    static final Set<String> JSON_TEXT =
            Set.of("observation_space", "action_space", "hints", "reward_spec", "additional_hyperparameters");

    private JobJson() {}

    /**
     * The job that {@link #toJson} wrote, or a job file's tree; {@link JobRules} are not asked.
     *
     * @throws IllegalArgumentException when it is no job, with every reason
     */
    public static TrainingJob fromJson(JsonNode tree) {
        Findings findings = new Findings();
        TrainingJob job = read(tree, findings);
        if (job == null || findings.hasProblems()) {
            throw new IllegalArgumentException("not a job: " + findings.problems());
        }
        return job;
    }

    /** The job as far as it can be read; null when there is not even a mapping. */
    static @Nullable TrainingJob read(JsonNode tree, Findings findings) {
        if (!(tree instanceof ObjectNode object)) {
            findings.problem(
                    ReadTree.WHOLE,
                    tree,
                    "is not a job: it holds no fields",
                    "Start from the file that `mlops init` writes.");
            return null;
        }
        Schema schema = TrainingJob.getClassSchema();
        return (TrainingJob) new RecordReader(schema, findings).record(schema, object, "");
    }

    /** Every field that is not null, in the schema's order. */
    public static ObjectNode toJson(TrainingJob job) {
        return record(job);
    }

    private static ObjectNode record(IndexedRecord record) {
        ObjectNode object = Json.object();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value != null) {
                object.set(field.name(), JSON_TEXT.contains(field.name()) ? jsonText(field, value) : node(value));
            }
        }
        return object;
    }

    private static JsonNode node(Object value) {
        return switch (value) {
            case IndexedRecord record -> record(record);
            case Map<?, ?> map -> sorted(map);
            case Collection<?> values -> array(values);
            default -> Json.tree(value);
        };
    }

    private static JsonNode sorted(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(key.toString(), value));
        return Json.tree(sorted);
    }

    private static ArrayNode array(Collection<?> values) {
        ArrayNode array = Json.object().arrayNode();
        values.forEach(value -> array.add(node(value)));
        return array;
    }

    private static JsonNode jsonText(Schema.Field field, Object text) {
        try {
            return Json.parse(text.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(field.name() + " is not JSON text", e);
        }
    }
}
