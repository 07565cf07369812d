package dev.unitymlops.registry.file;

import dev.unitymlops.registry.registration.AliasMove;
import dev.unitymlops.registry.registration.Aliases;
import dev.unitymlops.registry.registration.Approval;
import dev.unitymlops.registry.registration.Lineage;
import dev.unitymlops.registry.registration.ModelHistory;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.VersionFile;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /**
     * A version in short.
     *
     * @param approval of a person; it is kept here only
     */
    record Line(
            int version,
            String file,
            String sha256,
            String jobId,
            int run,
            String displayName,
            String registeredAt,
            boolean rejected,
            @Nullable Double meanReward,
            @Nullable Approval approval) {

        /** @param number of the version */
        static Line of(VersionFile version, int number) {
            Lineage.Metrics metrics = version.lineage().training().metrics();
            return new Line(
                    number,
                    version.file(),
                    version.sha256(),
                    version.lineage().jobId(),
                    version.lineage().run(),
                    version.displayName(),
                    String.valueOf(version.registeredAt()),
                    version.verdict().rejected(),
                    metrics == null ? null : metrics.meanReward(),
                    null);
        }

        private Line approved(Approval by) {
            return approval != null
                    ? this
                    : new Line(version, file, sha256, jobId, run, displayName, registeredAt, rejected, meanReward, by);
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
        pointing.remove(Aliases.LATEST);
        pointing.remove(Aliases.REJECTED);
        // The highest of each kind comes last and stays.
        ascending.forEach(line -> pointing.put(line.rejected() ? Aliases.REJECTED : Aliases.LATEST, line.version()));
        return new ModelIndex(name, assetId, behavior, pointing, last, ascending);
    }

    Optional<Line> line(int version) {
        return versions.stream().filter(line -> line.version() == version).findFirst();
    }

    /** The same parent with aliases moved; empty when one is not where it must be. */
    Optional<ModelIndex> moved(List<AliasMove> moves) {
        Map<String, Integer> pointing = new TreeMap<>(aliases);
        for (AliasMove move : moves) {
            if (!has(move.to()) || !Objects.equals(pointing.put(move.alias(), move.to()), move.from())) {
                return Optional.empty();
            }
        }
        return Optional.of(new ModelIndex(name, assetId, behavior, pointing, lastVersion, versions));
    }

    /** The same parent with a version approved, unless it is already. */
    ModelIndex approved(int version, Approval approval) {
        List<Line> lines = versions.stream()
                .map(line -> line.version() == version ? line.approved(approval) : line)
                .toList();
        return new ModelIndex(name, assetId, behavior, aliases, lastVersion, lines);
    }

    ModelHistory history() {
        return new ModelHistory(
                new ParentModel(assetId, behavior),
                aliases,
                versions.stream()
                        .map(line -> new ModelHistory.Line(
                                line.version(),
                                line.displayName(),
                                line.jobId(),
                                line.registeredAt(),
                                line.rejected(),
                                line.meanReward()))
                        .toList());
    }
}
