package dev.unitymlops.stage.folders;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Removes a folder so that whoever looks for it sees all of it or nothing, where the file system has renames. */
public final class RemoveFolder {

    /** Begins the name that a folder has while it is deleted; what a killed process leaves can go at any time. */
    public static final String ASIDE = ".gc-";

    private RemoveFolder() {}

    /**
     * Removes.
     *
     * @param place on the same file system, where it is while it is deleted
     * @param last file of the folder that goes last where there are no renames: while it is there, the folder is known
     *     for what it is
     */
    public static void of(Path folder, Path place, String last) throws IOException {
        DeleteTree.of(folder.getFileSystem().equals(FileSystems.getDefault()) ? aside(folder, place) : folder, last);
    }

    /** Deletes what {@link #of} of a process that was killed has left. */
    public static void leftover(Path aside) throws IOException {
        DeleteTree.of(aside, "");
    }

    private static Path aside(Path folder, Path place) throws IOException {
        Path aside = place.resolve(ASIDE + folder.getFileName() + "-" + UUID.randomUUID());
        return Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
    }
}
