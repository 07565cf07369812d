package dev.unitymlops.registry.file;

import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.registry.provenance.Attestations;
import dev.unitymlops.registry.registration.AliasMove;
import dev.unitymlops.registry.registration.Approval;
import dev.unitymlops.registry.registration.ModelHistory;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.RegisteredVersion;
import dev.unitymlops.registry.registration.RegistryJson;
import dev.unitymlops.registry.registration.VersionFile;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A parent model's folder. Whoever changes it holds its {@link ParentLock}; it is read without. A version exists from the rename that
 * gives its folder the number; whatever a crash left before that is swept away, whatever it left undone after that is
 * made up for, by the next who comes.
 */
final class ParentFolder {

    private static final String NUMBER = "[1-9]\\d{0,8}";
    private static final String PART = "\\." + NUMBER + "\\.part";

    private final Path folder;
    private final Path versions;
    private final Path indexFile;
    private final ParentModel parent;
    private final Disk disk;
    private final Attestations attestations;

    ParentFolder(Path folder, ParentModel parent, Disk disk, Attestations attestations) {
        this.folder = folder;
        this.versions = folder.resolve("versions");
        this.indexFile = folder.resolve("model.json");
        this.parent = parent;
        this.disk = disk;
        this.attestations = attestations;
    }

    /** Adds the model as the next version, or finds the version that it is. */
    RegisteredModel register(ModelVersion model, Instant now) throws IOException {
        disk.createFolders(versions);
        ModelIndex stored = stored();
        ModelIndex index = upToDate(stored);
        Optional<ModelIndex.Line> known = index.find(model.jobId(), model.sha256());
        ModelIndex.Line line = known.isPresent() ? known.get() : add(model, index.lastVersion() + 1, now);
        ModelIndex changed = known.isPresent() ? index : index.with(line);
        if (!changed.equals(stored)) {
            write(changed);
        }
        return registered(changed, line);
    }

    /** Whether any version was ever registered. */
    boolean exists() {
        return Files.exists(indexFile);
    }

    ModelHistory history() throws IOException {
        return stored().history();
    }

    Optional<RegisteredVersion> version(int number) throws IOException {
        ModelIndex index = stored();
        Optional<ModelIndex.Line> line = index.line(number);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        Path own = versions.resolve(String.valueOf(number));
        return Optional.of(new RegisteredVersion(
                parent,
                number,
                resourceName(number),
                own.resolve(line.get().file()).toUri().toString(),
                index.history().aliasesOf(number),
                line.get().approval(),
                RegistryJson.read(own.resolve(VersionFile.NAME), VersionFile.class)));
    }

    /** Returns false, with nothing moved, when an alias is not where a move says. */
    boolean move(List<AliasMove> moves) throws IOException {
        Optional<ModelIndex> moved = upToDate(stored()).moved(moves);
        if (moved.isPresent()) {
            write(moved.get());
        }
        return moved.isPresent();
    }

    void approve(int number, Approval approval) throws IOException {
        write(upToDate(stored()).approved(number, approval));
    }

    private ModelIndex stored() throws IOException {
        ModelIndex stored = Files.exists(indexFile)
                ? RegistryJson.read(indexFile, ModelIndex.class)
                : new ModelIndex(parent.name(), parent.assetId(), parent.behavior(), Map.of(), 0, List.of());
        requireSame(stored.name());
        return stored;
    }

    private ModelIndex upToDate(ModelIndex stored) throws IOException {
        SortedMap<Integer, Path> present = sweep();
        ModelIndex index = stored.only(line -> present.containsKey(line.version()));
        for (var version : present.entrySet()) {
            if (!index.has(version.getKey())) {
                VersionFile unlisted =
                        RegistryJson.read(version.getValue().resolve(VersionFile.NAME), VersionFile.class);
                requireSame(unlisted.name());
                index = index.with(ModelIndex.Line.of(unlisted, version.getKey()));
            }
        }
        return index;
    }

    /** On a file system without upper and lower case two parents could share a folder. */
    private void requireSame(String name) throws IOException {
        if (!name.equals(parent.name())) {
            throw new IOException(folder + " belongs to the model " + name + ", not to " + parent.name());
        }
    }

    /** Deletes what crashes left, and returns the version folders by number. */
    private SortedMap<Integer, Path> sweep() throws IOException {
        List<Path> children;
        try (Stream<Path> listed = Files.list(versions)) {
            children = listed.toList();
        }
        SortedMap<Integer, Path> present = new TreeMap<>();
        for (Path child : children) {
            String name = String.valueOf(child.getFileName());
            if (name.matches(PART)) {
                disk.deleteTree(child);
            } else if (name.matches(NUMBER) && Files.isDirectory(child)) {
                present.put(Integer.valueOf(name), child);
            }
        }
        return present;
    }

    private ModelIndex.Line add(ModelVersion model, int number, Instant now) throws IOException {
        VersionFile version = VersionFile.of(model, parent.behavior() + ".onnx", number, now.toString());
        Path part = versions.resolve("." + number + ".part");
        disk.createFolders(part);
        Path copy = part.resolve(version.file());
        disk.copy(model.file(), copy);
        String sha256 = ArtifactFiles.describe(copy).getSha256();
        if (!sha256.equals(model.sha256())) {
            throw new IOException("the copy " + copy + " has sha256 " + sha256 + ", not " + model.sha256());
        }
        disk.write(part.resolve(VersionFile.NAME), RegistryJson.bytes(version));
        for (var attestation : attestations.of(model, version.file()).entrySet()) {
            disk.write(part.resolve(attestation.getKey()), attestation.getValue());
        }
        disk.rename(part, versions.resolve(String.valueOf(number)));
        return ModelIndex.Line.of(version, number);
    }

    private void write(ModelIndex index) throws IOException {
        Path part = folder.resolve(".model.json.part");
        disk.write(part, RegistryJson.bytes(index));
        disk.rename(part, indexFile);
    }

    private RegisteredModel registered(ModelIndex index, ModelIndex.Line line) {
        Path file = versions.resolve(String.valueOf(line.version())).resolve(line.file());
        return RegisteredModel.newBuilder()
                .setBehavior(parent.behavior())
                .setName(parent.name())
                .setVersion(line.version())
                .setResourceName(resourceName(line.version()))
                .setUri(file.toUri().toString())
                .setSha256(line.sha256())
                .setAliases(index.history().aliasesOf(line.version()))
                .build();
    }

    private String resourceName(int number) {
        return parent.name() + "@" + number;
    }
}
