package dev.unitymlops.build.unity;

import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Working copies of Unity projects, one per project and slot: builds never touch the project itself, and each copy keeps
 * its Library, so that imports are paid once. A copy belongs to one attempt at a time, over all processes of the host.
 */
public final class WorkingCopies {

    private static final Logger LOG = LoggerFactory.getLogger(WorkingCopies.class);
    private static final int MOST = 64;

    private final Path folder;

    /**
     * Copies below one folder.
     *
     * @param folder on the local disk; it is made when needed
     */
    public WorkingCopies(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Where the copy for this slot lies, or would lie. */
    Path expected(Path project, int slot) {
        return copiesOf(project).resolve(Integer.toString(slot));
    }

    /**
     * Takes the slot's copy, or the next one when another process or a Unity that outlived its build is in it.
     *
     * @throws StageFailure when all copies are in use
     */
    WorkingCopy take(Path project, int slot) throws StageFailure, IOException {
        Files.createDirectories(copiesOf(project));
        for (int number = slot; number < slot + MOST; number++) {
            Path copy = expected(project, number);
            CopyLock lock = CopyLock.tryLock(copy.resolveSibling(number + ".lock"));
            if (lock != null && !ForeignUnity.isIn(copy)) {
                return new WorkingCopy(project, copy, lock);
            }
            if (lock != null) {
                lock.close();
            }
            LOG.warn("A working copy is in use, so the next one is tried copy={}", copy);
        }
        throw StageFailure.infrastructure("All " + MOST + " working copies below " + copiesOf(project)
                + " are in use; end the Unity processes that hold them");
    }

    /** The name is for people, the hash tells projects of the same name apart. */
    private Path copiesOf(Path project) {
        Path name = project.getFileName();
        String readable = name == null ? "project" : name.toString().replaceAll("[^A-Za-z0-9_-]", "_");
        return folder.resolve(readable + "-" + Sha256.of(project.toString()).substring(0, 12));
    }
}
