package dev.unitymlops.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/**
 * A request that a route has matched.
 *
 * @param path the values of the route's variables, decoded
 * @param query decoded
 * @param body as it came
 */
record RegistryRequest(Map<String, String> path, Map<String, String> query, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    String subject() {
        return variable("subject");
    }

    String version() {
        return variable("version");
    }

    int id() {
        String id = variable("id");
        if (!id.matches("[0-9]{1,9}")) {
            throw RegistryException.noSchema();
        }
        return Integer.parseInt(id);
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(query.get(name));
    }

    /** The Avro schema that the body carries. */
    String schema() {
        JsonNode request = json();
        String type = request.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw RegistryException.invalidSchema("schemaType is " + type + "; this registry keeps AVRO only");
        }
        if (!request.path("references").isEmpty()) {
            throw RegistryException.invalidSchema("references are not kept here; write the schema in one piece");
        }
        if (!request.path("schema").isTextual()) {
            throw RegistryException.invalidSchema("the body has no field 'schema' that is a string");
        }
        return request.path("schema").asText();
    }

    CompatibilityLevel level() {
        String name = json().path("compatibility").asText();
        try {
            return CompatibilityLevel.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw RegistryException.invalidLevel(name);
        }
    }

    private JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw RegistryException.badRequest("The body is not JSON: " + e.getOriginalMessage());
        }
    }

    private String variable(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("The route has no variable " + name);
        }
        return value;
    }
}
