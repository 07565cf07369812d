package dev.unitymlops.registry.file;

import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.regex.Pattern;

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

    /** @param root on a file system with locks, so not in an object store */
    public FileRegistry(Path root, InstantSource clock) {
        this(root, clock, new SyncedDisk());
    }

    FileRegistry(Path root, InstantSource clock, Disk disk) {
        this.root = root.toAbsolutePath().normalize();
        this.clock = clock;
        this.disk = disk;
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
        Path folder = root.resolve(parent.assetId()).resolve(parent.behavior());
        try {
            disk.createFolders(folder);
            try (ParentLock lock = ParentLock.of(folder)) {
                return new ParentFolder(folder, parent, disk).register(version, clock.instant());
            }
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            // Both leave the thread's flag set, which the exception replaces.
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException("while registering " + parent.name()).initCause(e);
        }
    }

    private static void requireName(String what, String name) throws StageFailure {
        if (!NAME.matcher(name).matches()) {
            throw StageFailure.user(what + " '" + name + "' cannot name a folder of the file registry: use letters,"
                    + " digits, inner spaces and dots, underscores and hyphens, at most 128");
        }
    }
}
