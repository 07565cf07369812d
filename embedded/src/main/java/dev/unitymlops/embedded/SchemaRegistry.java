package dev.unitymlops.embedded;

import dev.unitymlops.embedded.RegistryEvent.LevelSet;
import dev.unitymlops.embedded.RegistryEvent.SchemaStored;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the registry does, without HTTP. Any thread may call; writes are one at a time and answered once they are in the journal. */
final class SchemaRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistry.class);

    private final ReentrantLock writing = new ReentrantLock();
    private final Subjects subjects;
    private final SchemaJournal journal;

    SchemaRegistry(RegistryOptions options) {
        subjects = new Subjects(options.defaultCompatibility());
        journal = SchemaJournal.open(options.bootstrapServers(), options.topic(), subjects::apply);
    }

    /** Gives the schema's id under the subject, registering it when it is new there. */
    int register(String subject, String text) {
        Schema schema = parsed(text);
        String canonical = AvroText.canonical(schema);
        Supplier<Optional<RegisteredSchema>> known = () -> find(subject, canonical, false);
        return known.get()
                .or(() -> write(() -> known.get().or(() -> Optional.of(add(subject, schema, canonical)))))
                .orElseThrow()
                .id();
    }

    private RegisteredSchema add(String subject, Schema schema, String canonical) {
        CompatibilityLevel level = subjects.levelOf(subject);
        List<String> violations = level.violations(schema, subjects.versions(subject, false));
        if (!violations.isEmpty()) {
            throw RegistryException.incompatible(subject, level, violations);
        }
        RegisteredSchema added = new RegisteredSchema(
                subject, subjects.nextVersion(subject), subjects.idFor(canonical), canonical, false);
        append(List.of(new SchemaStored(added)));
        LOG.info("Schema registered subject={} version={} id={}", subject, added.version(), added.id());
        return added;
    }

    /** Finds the subject's version of a schema. */
    RegisteredSchema lookup(String subject, String text, boolean withDeleted) {
        String canonical = AvroText.canonical(parsed(text));
        requireSubject(subject, withDeleted);
        return find(subject, canonical, withDeleted).orElseThrow(RegistryException::noSchema);
    }

    List<String> subjects(boolean withDeleted) {
        return subjects.names(withDeleted);
    }

    List<RegisteredSchema> versions(String subject, boolean withDeleted) {
        return requireSubject(subject, withDeleted);
    }

    /**
     * Gives one version of a subject.
     *
     * @param version a number from 1, {@code latest} or {@code -1}
     */
    RegisteredSchema version(String subject, String version, boolean withDeleted) {
        int number = versionNumber(version);
        List<RegisteredSchema> versions = requireSubject(subject, withDeleted);
        if (number < 0) {
            return versions.getLast();
        }
        return versions.stream()
                .filter(schema -> schema.version() == number)
                .findFirst()
                .orElseThrow(() -> RegistryException.noVersion(version));
    }

    String schema(int id) {
        return subjects.schema(id).orElseThrow(RegistryException::noSchema);
    }

    List<RegisteredSchema> placesOf(int id) {
        schema(id);
        return subjects.placesOf(id);
    }

    /** Deletes softly what {@code choice} picks of the subject, and gives the version numbers. */
    List<Integer> delete(String subject, Function<List<RegisteredSchema>, List<RegisteredSchema>> choice) {
        return write(() -> {
            List<RegisteredSchema> chosen = choice.apply(requireSubject(subject, false));
            append(chosen.stream().map(it -> new SchemaStored(it.asDeleted())).toList());
            return chosen.stream().map(RegisteredSchema::version).toList();
        });
    }

    /** Says why a schema may not come after {@code earlier}; empty when it may. */
    List<String> violations(String subject, String text, List<RegisteredSchema> earlier) {
        return subjects.levelOf(subject).violations(parsed(text), earlier);
    }

    /** The versions that a new schema of the subject is compared with; none when the subject is new. */
    List<RegisteredSchema> earlier(String subject) {
        return subjects.versions(subject, false);
    }

    CompatibilityLevel globalLevel() {
        return subjects.globalLevel();
    }

    CompatibilityLevel level(String subject, boolean orGlobal) {
        return subjects.ownLevel(subject)
                .or(() -> orGlobal ? Optional.of(globalLevel()) : Optional.empty())
                .orElseThrow(() -> RegistryException.noSubjectLevel(subject));
    }

    /** Sets a level, of all subjects without one of their own when {@code subject} is null; null takes it away. */
    void setLevel(@Nullable String subject, @Nullable CompatibilityLevel level) {
        write(() -> {
            append(List.of(new LevelSet(subject, level)));
            return level;
        });
    }

    private <T extends @Nullable Object> T write(Supplier<T> decision) {
        writing.lock();
        try {
            journal.lead(subjects::apply);
            return decision.get();
        } finally {
            writing.unlock();
        }
    }

    private void append(List<? extends RegistryEvent> events) {
        journal.append(events);
        events.forEach(subjects::apply);
    }

    private Optional<RegisteredSchema> find(String subject, String canonical, boolean withDeleted) {
        return subjects.versions(subject, withDeleted).stream()
                .filter(it -> it.schema().equals(canonical))
                .reduce((older, newer) -> newer);
    }

    private List<RegisteredSchema> requireSubject(String subject, boolean withDeleted) {
        List<RegisteredSchema> versions = subjects.versions(subject, withDeleted);
        if (versions.isEmpty()) {
            throw RegistryException.noSubject(subject);
        }
        return versions;
    }

    private static int versionNumber(String version) {
        if (version.equals("latest") || version.equals("-1")) {
            return -1;
        }
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw RegistryException.invalidVersion(version);
        }
        return Integer.parseInt(version);
    }

    private static Schema parsed(String text) {
        try {
            return AvroText.parse(text);
        } catch (AvroRuntimeException e) {
            throw RegistryException.invalidSchema(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        writing.lock();
        try {
            journal.close();
        } finally {
            writing.unlock();
        }
    }
}
