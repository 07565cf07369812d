package dev.unitymlops.embedded;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** What a new schema of a subject must have in common with the earlier ones; names and meaning are Confluent's. */
public enum CompatibilityLevel {
    /** Anything goes. */
    NONE(false, false, false),
    /** The new schema reads what the last one wrote. */
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    /** The last schema reads what the new one writes. */
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    /** Every schema of the subject reads what any other wrote. */
    FULL_TRANSITIVE(true, true, true);

    private final boolean newReadsOld;
    private final boolean oldReadsNew;
    private final boolean transitive;

    CompatibilityLevel(boolean newReadsOld, boolean oldReadsNew, boolean transitive) {
        this.newReadsOld = newReadsOld;
        this.oldReadsNew = oldReadsNew;
        this.transitive = transitive;
    }

    /** Says what is wrong with {@code candidate} after {@code earlier}, oldest first; empty when nothing is. */
    List<String> violations(Schema candidate, List<RegisteredSchema> earlier) {
        List<RegisteredSchema> compared =
                transitive || earlier.isEmpty() ? earlier : earlier.subList(earlier.size() - 1, earlier.size());
        List<String> violations = new ArrayList<>();
        for (RegisteredSchema old : compared) {
            Schema oldSchema = AvroText.parse(old.schema());
            if (newReadsOld) {
                violations.addAll(
                        unreadable(candidate, oldSchema, "the new schema cannot read version " + old.version()));
            }
            if (oldReadsNew) {
                violations.addAll(
                        unreadable(oldSchema, candidate, "version " + old.version() + " cannot read the new schema"));
            }
        }
        return violations;
    }

    private static List<String> unreadable(Schema reader, Schema writer, String claim) {
        List<Incompatibility> found = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities();
        return found.stream()
                .map(it -> claim + ": " + it.getType() + " at " + it.getLocation() + " (" + it.getMessage() + ")")
                .toList();
    }
}
