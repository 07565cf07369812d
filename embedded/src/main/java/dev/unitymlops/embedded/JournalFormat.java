package dev.unitymlops.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.embedded.RegistryEvent.LevelSet;
import dev.unitymlops.embedded.RegistryEvent.SchemaStored;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Journal records as JSON, in the shape that Confluent's registry gives its own topic: one key per schema version and level. */
final class JournalFormat {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JournalFormat() {}

    static byte[] key(RegistryEvent event) {
        ObjectNode key = JSON.createObjectNode();
        switch (event) {
            case SchemaStored(RegisteredSchema schema) ->
                key.put("keytype", "SCHEMA")
                        .put("subject", schema.subject())
                        .put("version", schema.version())
                        .put("magic", 1);
            case LevelSet(String subject, CompatibilityLevel level) ->
                key.put("keytype", "CONFIG").put("subject", subject).put("magic", 0);
        }
        return bytes(key);
    }

    static byte @Nullable [] value(RegistryEvent event) {
        return switch (event) {
            case SchemaStored(RegisteredSchema schema) ->
                bytes(JSON.createObjectNode()
                        .put("subject", schema.subject())
                        .put("version", schema.version())
                        .put("id", schema.id())
                        .put("schema", schema.schema())
                        .put("deleted", schema.deleted()));
            case LevelSet(String subject, CompatibilityLevel level) ->
                level == null
                        ? null
                        : bytes(JSON.createObjectNode()
                                .put("subject", subject)
                                .put("compatibilityLevel", level.name()));
        };
    }

    /**
     * Reads what {@link #key} and {@link #value} wrote.
     *
     * @throws IOException when it is something else
     */
    static RegistryEvent read(byte[] keyBytes, byte @Nullable [] valueBytes) throws IOException {
        JsonNode key = JSON.readTree(keyBytes);
        JsonNode value = valueBytes == null ? null : JSON.readTree(valueBytes);
        String kind = key.path("keytype").asText();
        if (kind.equals("SCHEMA") && value != null) {
            return new SchemaStored(new RegisteredSchema(
                    value.required("subject").asText(),
                    value.required("version").asInt(),
                    value.required("id").asInt(),
                    value.required("schema").asText(),
                    value.path("deleted").asBoolean()));
        }
        if (kind.equals("CONFIG")) {
            String subject = key.path("subject").textValue();
            return new LevelSet(subject, value == null ? null : level(value));
        }
        throw new IOException("keytype is '" + kind + "', not SCHEMA or CONFIG with a value");
    }

    private static CompatibilityLevel level(JsonNode value) {
        return CompatibilityLevel.valueOf(value.required("compatibilityLevel").asText());
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException("A tree in memory is always written", e);
        }
    }
}
