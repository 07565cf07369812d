package dev.unitymlops.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** FULL, as a schema registry checks it: what either schema wrote, the other reads. */
final class Compatibility {
    private Compatibility() {}

    /**
     * What breaks between a release and now, one line each; empty when nothing does.
     *
     * @param release its version, for the lines
     * @param released value schemas by topic
     * @param current value schemas by topic; a topic may be new, none may be gone
     */
    static List<String> violations(String release, Map<String, Schema> released, Map<String, Schema> current) {
        List<String> violations = new ArrayList<>();
        released.forEach((topic, old) -> {
            Schema now = current.get(topic);
            if (now == null) {
                violations.add("%s of %s is gone; its readers and its records are not".formatted(topic, release));
                return;
            }
            unreadable(now, old).forEach(it -> violations.add(topic + " does not read what " + release + it));
            unreadable(old, now).forEach(it -> violations.add(topic + " is not read by " + release + it));
        });
        return violations;
    }

    private static Stream<String> unreadable(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(it -> ": %s at %s (%s)".formatted(it.getType(), it.getLocation(), it.getMessage()));
    }
}
