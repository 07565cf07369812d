package dev.unitymlops.registry.file;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.registry.provenance.Attestations;
import dev.unitymlops.registry.registration.AliasMove;
import dev.unitymlops.registry.registration.Approval;
import dev.unitymlops.registry.registration.ModelHistory;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.RegisteredVersion;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The model registry in a folder: {@code <root>/<asset id>/<behavior>/versions/<n>/}. Any number of processes may share
 * it, also over a network file system that has locks and atomic renames. Thread-safe.
 */
public final class FileRegistry implements ModelRegistry {

    /** One path element on every file system. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]([A-Za-z0-9 ._-]{0,126}[A-Za-z0-9_-])?");

    private final Path root;
    private final InstantSource clock;
    private final Disk disk;
    private final Attestations attestations;

    /** @param root on a file system with locks, so not in an object store */
    public FileRegistry(Path root, InstantSource clock) {
        this(root, clock, Attestations.unsigned());
    }

    /**
     * @param root on a file system with locks, so not in an object store
     * @param attestations that are put beside each model
     */
    public FileRegistry(Path root, InstantSource clock, Attestations attestations) {
        this(root, clock, attestations, new SyncedDisk());
    }

    FileRegistry(Path root, InstantSource clock, Attestations attestations, Disk disk) {
        this.root = root.toAbsolutePath().normalize();
        this.clock = clock;
        this.disk = disk;
        this.attestations = attestations;
    }

    @Override
    public String word() {
        return "file";
    }

    @Override
    public RegisteredModel register(ModelVersion version) throws StageFailure, IOException, InterruptedException {
        ParentModel parent = version.parent();
        requireName("asset_spec.asset_id", parent.assetId());
        requireName("the behaviour of the model", parent.behavior());
        disk.createFolders(folder(parent));
        return change(parent, it -> it.register(version, clock.instant()));
    }

    @Override
    public List<ParentModel> parents() throws IOException {
        List<ParentModel> parents = new ArrayList<>();
        for (Path asset : folders(root)) {
            for (Path behavior : folders(asset)) {
                ParentModel parent = new ParentModel(name(asset), name(behavior));
                if (at(parent).exists()) {
                    parents.add(parent);
                }
            }
        }
        parents.sort(Comparator.comparing(ParentModel::name));
        return parents;
    }

    @Override
    public Optional<ModelHistory> history(ParentModel parent) throws IOException {
        return exists(parent) ? Optional.of(at(parent).history()) : Optional.empty();
    }

    @Override
    public Optional<RegisteredVersion> version(ParentModel parent, int number) throws IOException {
        return exists(parent) ? at(parent).version(number) : Optional.empty();
    }

    @Override
    public boolean move(ParentModel parent, List<AliasMove> moves) throws IOException, InterruptedException {
        return exists(parent) && change(parent, it -> it.move(moves));
    }

    @Override
    public void approve(ParentModel parent, int number, Approval approval)
            throws StageFailure, IOException, InterruptedException {
        if (version(parent, number).isEmpty()) {
            throw StageFailure.user("there is no version " + number + " of " + parent.name());
        }
        boolean unused = change(parent, it -> {
            it.approve(number, approval);
            return true;
        });
    }

    @Override
    public void fetch(RegisteredVersion version, Path to) throws IOException {
        ArtifactFile file = ArtifactFile.newBuilder()
                .setUri(version.uri())
                .setSha256(version.file().sha256())
                .setSizeBytes(version.file().sizeBytes())
                .build();
        ArtifactFiles.fetch(file, to);
    }

    /** What one thread of all processes does at a time. */
    private interface Change<T> {
        T make(ParentFolder folder) throws IOException;
    }

    private <T> T change(ParentModel parent, Change<T> change) throws IOException, InterruptedException {
        try (ParentLock lock = ParentLock.of(folder(parent))) {
            return change.make(at(parent));
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            // Both leave the thread's flag set, which the exception replaces.
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException("while changing " + parent.name()).initCause(e);
        }
    }

    private ParentFolder at(ParentModel parent) {
        return new ParentFolder(folder(parent), parent, disk, attestations);
    }

    private Path folder(ParentModel parent) {
        return root.resolve(parent.assetId()).resolve(parent.behavior());
    }

    private boolean exists(ParentModel parent) {
        return NAME.matcher(parent.assetId()).matches()
                && NAME.matcher(parent.behavior()).matches()
                && at(parent).exists();
    }

    private static List<Path> folders(Path in) throws IOException {
        if (!Files.isDirectory(in)) {
            return List.of();
        }
        try (Stream<Path> listed = Files.list(in)) {
            return listed.filter(Files::isDirectory)
                    .filter(child -> NAME.matcher(name(child)).matches())
                    .toList();
        }
    }

    private static String name(Path folder) {
        return String.valueOf(folder.getFileName());
    }

    private static void requireName(String what, String name) throws StageFailure {
        if (!NAME.matcher(name).matches()) {
            throw StageFailure.user(what + " '" + name + "' cannot name a folder of the file registry: use letters,"
                    + " digits, inner spaces and dots, underscores and hyphens, at most 128");
        }
    }
}
