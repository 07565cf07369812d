package dev.unitymlops.embedded;

import dev.unitymlops.embedded.RegistryEvent.LevelSet;
import dev.unitymlops.embedded.RegistryEvent.SchemaStored;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** What is registered, as the journal tells it. One thread applies events, any thread reads. */
final class Subjects {
    private final CompatibilityLevel defaultLevel;
    private final ConcurrentSkipListMap<String, ConcurrentSkipListMap<Integer, RegisteredSchema>> bySubject =
            new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Integer, String> schemaById = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> idBySchema = new ConcurrentHashMap<>();
    private final Map<String, CompatibilityLevel> subjectLevels = new ConcurrentHashMap<>();
    private volatile @Nullable CompatibilityLevel globalLevel;

    Subjects(CompatibilityLevel defaultLevel) {
        this.defaultLevel = defaultLevel;
    }

    void apply(RegistryEvent event) {
        switch (event) {
            case SchemaStored(RegisteredSchema schema) -> {
                schemaById.put(schema.id(), schema.schema());
                idBySchema.put(schema.schema(), schema.id());
                bySubject
                        .computeIfAbsent(schema.subject(), subject -> new ConcurrentSkipListMap<>())
                        .put(schema.version(), schema);
            }
            case LevelSet(String subject, CompatibilityLevel level) -> {
                if (subject == null) {
                    globalLevel = level;
                } else if (level == null) {
                    subjectLevels.remove(subject);
                } else {
                    subjectLevels.put(subject, level);
                }
            }
        }
    }

    /** Every subject that has a version, in alphabetical order. */
    List<String> names(boolean withDeleted) {
        return bySubject.keySet().stream()
                .filter(subject -> !versions(subject, withDeleted).isEmpty())
                .toList();
    }

    /** The versions of a subject, oldest first; empty when there is no such subject. */
    List<RegisteredSchema> versions(String subject, boolean withDeleted) {
        NavigableMap<Integer, RegisteredSchema> versions = bySubject.get(subject);
        if (versions == null) {
            return List.of();
        }
        return versions.values().stream()
                .filter(schema -> withDeleted || !schema.deleted())
                .toList();
    }

    /** Where a schema is registered, by subject and version. */
    List<RegisteredSchema> placesOf(int id) {
        return bySubject.values().stream()
                .flatMap(versions -> versions.values().stream())
                .filter(schema -> schema.id() == id && !schema.deleted())
                .sorted(Comparator.comparing(RegisteredSchema::subject).thenComparingInt(RegisteredSchema::version))
                .toList();
    }

    Optional<String> schema(int id) {
        return Optional.ofNullable(schemaById.get(id));
    }

    /** The id that a schema has, or the one that it would get. */
    int idFor(String schema) {
        Integer known = idBySchema.get(schema);
        if (known != null) {
            return known;
        }
        return schemaById.isEmpty() ? 1 : schemaById.lastKey() + 1;
    }

    /** The version that the subject's next schema gets: deleted ones count. */
    int nextVersion(String subject) {
        NavigableMap<Integer, RegisteredSchema> versions = bySubject.get(subject);
        return versions == null ? 1 : versions.lastKey() + 1;
    }

    CompatibilityLevel globalLevel() {
        CompatibilityLevel level = globalLevel;
        return level == null ? defaultLevel : level;
    }

    Optional<CompatibilityLevel> ownLevel(String subject) {
        return Optional.ofNullable(subjectLevels.get(subject));
    }

    CompatibilityLevel levelOf(String subject) {
        return ownLevel(subject).orElseGet(this::globalLevel);
    }
}
