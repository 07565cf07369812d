package dev.unitymlops.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON objects that travel as text inside an Avro record. */
final class JsonText {
    private JsonText() {}

    /** The object, or an empty one after telling that the text of {@code field} is none. */
    static ObjectNode object(String text, String field, Findings findings) {
        try {
            if (Json.parse(text) instanceof ObjectNode object) {
                return object;
            }
            findings.problem(field, text, "is not a JSON object", "Give keys and values: {...}.");
        } catch (JsonProcessingException e) {
            findings.problem(field, text, "is not JSON: " + e.getOriginalMessage(), "Mend the syntax.");
        }
        return Json.object();
    }
}
