package dev.unitymlops.runtime;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The headers of an event: CloudEvents 1.0 in Kafka's binary mode ({@code ce_*} and {@code content-type}) and the W3C
 * {@code traceparent}. The record's value is untouched.
 *
 * @param id unique for its source; the same for a repeated write of the same event
 * @param type {@code dev.unitymlops.<topic>}
 * @param source which service says it, a URI reference such as {@code /build-service}
 * @param subject the job, or null
 * @param dataschema URI of the value's schema, or null
 */
public record EventHeaders(
        String id,
        String type,
        String source,
        Instant time,
        @Nullable String subject,
        @Nullable String dataschema,
        TraceParent trace) {
    private static final String TYPE_PREFIX = "dev.unitymlops.";
    private static final String CONTENT_TYPE = "application/avro";

    /**
     * Of an event about one attempt of a job. The id is made of the other arguments, so that a retry keeps it.
     *
     * @param topic without the installation's prefix, such as {@code build-completed}
     * @param service such as {@code build-service}
     * @param kind tells several events of one attempt on one topic apart, such as a phase and its number; may be empty
     */
    public static EventHeaders ofAttempt(
            String topic,
            String service,
            String jobId,
            int run,
            int attempt,
            String kind,
            Instant time,
            TraceParent trace) {
        String id = topic + "/" + jobId + "/" + run + "/" + attempt + (kind.isEmpty() ? "" : "/" + kind);
        return of(id, topic, service, jobId, time, trace);
    }

    /** Of any other event, under an id of the caller's. */
    public static EventHeaders of(
            String id, String topic, String service, @Nullable String subject, Instant time, TraceParent trace) {
        return new EventHeaders(id, TYPE_PREFIX + topic, "/" + service, time, subject, null, trace);
    }

    /** Sets the headers; those of an earlier event, as on a forwarded record, are replaced. */
    public void writeTo(Headers headers) {
        set(headers, "ce_specversion", "1.0");
        set(headers, "ce_id", id);
        set(headers, "ce_type", type);
        set(headers, "ce_source", source);
        set(headers, "ce_time", time.toString());
        set(headers, "ce_subject", subject);
        set(headers, "ce_dataschema", dataschema);
        set(headers, "content-type", CONTENT_TYPE);
        set(headers, "traceparent", trace.header());
    }

    /** When the event says that it happened; empty when it does not say so, as with foreign producers. */
    public static Optional<Instant> time(Headers headers) {
        return text(headers, "ce_time").flatMap(EventHeaders::parseTime);
    }

    public static Optional<String> id(Headers headers) {
        return text(headers, "ce_id");
    }

    /** The raw {@code traceparent}, for {@link TraceParent#continued}. */
    public static @Nullable String traceparent(Headers headers) {
        return text(headers, "traceparent").orElse(null);
    }

    private static Optional<Instant> parseTime(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static void set(Headers headers, String name, @Nullable String value) {
        headers.remove(name);
        if (value != null) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }
}
