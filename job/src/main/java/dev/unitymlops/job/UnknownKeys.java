package dev.unitymlops.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** Refuses keys that a job does not have, and says which one was probably meant or where it belongs. */
final class UnknownKeys {
    /** Where each field name of the whole job lives; of equal names the first in the schema's order. */
    private final Map<String, String> homes = new LinkedHashMap<>();

    private final Findings findings;

    UnknownKeys(Schema root, Findings findings) {
        this.findings = findings;
        collect(root, "");
    }

    private void collect(Schema schema, String prefix) {
        for (Schema.Field field : schema.getFields()) {
            homes.putIfAbsent(field.name(), prefix + field.name());
        }
        for (Schema.Field field : schema.getFields()) {
            for (Schema branch : field.schema().isUnion() ? field.schema().getTypes() : Set.of(field.schema())) {
                if (branch.getType() == Schema.Type.RECORD) {
                    collect(branch, prefix + field.name() + ".");
                }
            }
        }
    }

    void check(Schema schema, ObjectNode tree, String path) {
        Set<String> known = new LinkedHashSet<>(OlderNames.of(schema.getName()));
        schema.getFields().forEach(field -> known.add(field.name()));
        tree.properties().forEach(entry -> {
            String key = entry.getKey();
            if (schema.getField(key) == null && !findings.isFull()) {
                String at = path.isEmpty() ? key : path + "." + key;
                findings.problem(at, entry.getValue(), "is not a field of a job", remedy(key, known));
            }
        });
    }

    private String remedy(String key, Set<String> known) {
        String home = homes.get(key);
        if (home != null && Suggestion.within(1, key, known).isEmpty()) {
            return "Move it to " + home + ".";
        }
        return Suggestion.nearest(key, known)
                .or(() -> Suggestion.nearest(key, homes.keySet()).map(near -> homes.getOrDefault(near, near)))
                .map(near -> "Did you mean " + near + "?")
                .orElse("Remove it, or put it under metadata.");
    }
}
