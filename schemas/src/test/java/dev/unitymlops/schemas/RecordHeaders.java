package dev.unitymlops.schemas;

import static dev.unitymlops.schemas.AsyncApiDocument.map;

import java.util.List;
import java.util.Map;

/** What the headers of records are, as JSON Schema: of events, and of dead letters. */
final class RecordHeaders {
    static final Map<String, Object> OF_EVENTS = map(
            "type",
            "object",
            "description",
            "CloudEvents 1.0 in Kafka's binary mode and the W3C trace context. Every event that this project writes has"
                    + " them; a foreign producer may leave them out.",
            "properties",
            map(
                    "ce_specversion",
                    map("type", "string", "const", "1.0"),
                    "ce_id",
                    text("Unique for its source; a repeated write of the same event keeps it."),
                    "ce_type",
                    map("type", "string", "pattern", "^dev\\.unitymlops\\.[a-z-]+$"),
                    "ce_source",
                    map("type", "string", "format", "uri-reference", "examples", List.of("/build-service")),
                    "ce_subject",
                    text("The job's id."),
                    "ce_time",
                    map("type", "string", "format", "date-time", "description", "When it happened, UTC."),
                    "content-type",
                    map("type", "string", "const", "application/avro"),
                    "traceparent",
                    map("type", "string", "pattern", "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$")));

    static final Map<String, Object> OF_DEAD_LETTERS = map(
            "type",
            "object",
            "description",
            "Those of the record itself, and these.",
            "required",
            List.of("dead-letter.topic", "dead-letter.partition", "dead-letter.offset", "dead-letter.exception"),
            "properties",
            map(
                    "dead-letter.topic",
                    text("Where the record was."),
                    "dead-letter.partition",
                    text("Its partition, a decimal number."),
                    "dead-letter.offset",
                    text("Its offset, a decimal number."),
                    "dead-letter.timestamp",
                    text("Its timestamp, milliseconds since the epoch, a decimal number."),
                    "dead-letter.exception",
                    text("Java class of what went wrong."),
                    "dead-letter.message",
                    text("What went wrong, with all causes.")));

    private RecordHeaders() {}

    private static Map<String, Object> text(String description) {
        return map("type", "string", "description", description);
    }
}
