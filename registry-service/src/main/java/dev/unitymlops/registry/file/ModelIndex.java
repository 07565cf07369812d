package dev.unitymlops.registry.file;

import dev.unitymlops.registry.registration.ModelVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * {@code model.json}: a parent model's versions at a glance. The version folders are the truth; this is made of them.
 *
 * @param name of the parent model
 * @param aliases version by alias; latest and rejected are kept by this class, others are left as they are
 * @param lastVersion highest number ever given, so that none is given twice when a folder was deleted
 * @param versions ascending
 */
record ModelIndex(
        String name,
        String assetId,
        String behavior,
        Map<String, Integer> aliases,
        int lastVersion,
        List<Line> versions) {

    ModelIndex {
        aliases = new TreeMap<>(aliases);
        versions = List.copyOf(versions);
    }

    /** A version in short. */
    record Line(
            int version,
            String file,
            String sha256,
            String jobId,
            int run,
            String displayName,
            String registeredAt,
            boolean rejected) {

        static Line of(VersionFile version) {
            return new Line(
                    version.version(),
                    version.file(),
                    version.sha256(),
                    version.lineage().jobId(),
                    version.lineage().run(),
                    version.displayName(),
                    version.registeredAt(),
                    version.rejected());
        }
    }

    Optional<Line> find(String jobId, String sha256) {
        return versions.stream()
                .filter(line -> line.jobId().equals(jobId) && line.sha256().equals(sha256))
                .findFirst();
    }

    boolean has(int version) {
        return versions.stream().anyMatch(line -> line.version() == version);
    }

    /** The same parent with a further version. */
    ModelIndex with(Line line) {
        return of(Stream.concat(versions.stream(), Stream.of(line)), Math.max(lastVersion, line.version()));
    }

    /** The same parent without versions whose folders are gone. */
    ModelIndex only(Predicate<Line> present) {
        return of(versions.stream().filter(present), lastVersion);
    }

    private ModelIndex of(Stream<Line> lines, int last) {
        List<Line> ascending =
                lines.sorted(Comparator.comparingInt(Line::version)).toList();
        Map<String, Integer> pointing = new TreeMap<>(aliases);
        pointing.remove(ModelVersion.LATEST);
        pointing.remove(ModelVersion.REJECTED);
        // The highest of each kind comes last and stays.
        ascending.forEach(
                line -> pointing.put(line.rejected() ? ModelVersion.REJECTED : ModelVersion.LATEST, line.version()));
        return new ModelIndex(name, assetId, behavior, pointing, last, ascending);
    }

    /** Aliases that point to a version, in alphabetical order. */
    List<String> aliasesOf(int version) {
        List<String> found = new ArrayList<>();
        aliases.forEach((alias, target) -> {
            if (target == version) {
                found.add(alias);
            }
        });
        return List.copyOf(found);
    }
}
