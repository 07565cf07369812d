package dev.unitymlops.cli.deadletters;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers of a dead letter: those that the record came with, and those that say what was wrong. */
final class LetterHeaders {
    /** On a mark, which says that a letter was sent again: {@code partition/offset} of that letter. */
    static final String REPLAYED = "dead-letter.replayed";

    /** On a mark: {@code topic/partition/offset} of the record that was sent. */
    static final String REPLAYED_TO = "dead-letter.replayed-to";

    /** Of the headers that runtime's DeadLetters adds. */
    private static final String ADDED = "dead-letter.";

    private LetterHeaders() {}

    /** What was added under a name such as {@code partition} or {@code message}. */
    static Optional<String> added(Headers headers, String name) {
        return text(headers, ADDED + name);
    }

    static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? Optional.empty() : Optional.of(text(header));
    }

    /** Those that the record came with. */
    static Headers original(Headers headers) {
        var original = new RecordHeaders();
        for (Header header : headers) {
            if (!header.key().startsWith(ADDED)) {
                original.add(header);
            }
        }
        return original;
    }

    /** All of them for people, in their order. */
    static Map<String, String> shown(Headers headers) {
        var shown = new LinkedHashMap<String, String>();
        for (Header header : headers) {
            shown.merge(header.key(), header.value() == null ? "" : text(header), (one, two) -> one + ", " + two);
        }
        return shown;
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
