package dev.unitymlops.build.unity;

import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.folders.RemoveFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
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

    /** Those of a build host. */
    public static WorkingCopies in(Path workDir) {
        return new WorkingCopies(workDir.resolve("projects"));
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
            CopyLock lock = CopyLock.tryLock(lockOf(copy));
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

    /** Those that there are, in use or not. */
    public List<Path> all() throws IOException {
        List<Path> copies = new ArrayList<>();
        for (Path project : folders(folder)) {
            copies.addAll(folders(project));
        }
        return copies;
    }

    /** When the copy was last taken for a build. */
    public Instant takenAt(Path copy) throws IOException {
        Path lock = lockOf(copy);
        return Files.getLastModifiedTime(Files.exists(lock) ? lock : copy).toInstant();
    }

    /**
     * Deletes a copy with its Library; the next build of the project makes a new one and imports everything again.
     *
     * @param taken when it was taken last, as far as the caller knows
     * @return false, with nothing deleted, when a build or a Unity is in it, or it was taken since
     */
    public boolean remove(Path copy, Instant taken) throws IOException {
        if (!takenAt(copy).equals(taken)) {
            return false;
        }
        try (CopyLock lock = CopyLock.tryLock(lockOf(copy))) {
            if (lock == null || ForeignUnity.isIn(copy)) {
                return false;
            }
            Files.deleteIfExists(WorkingCopy.digestsOf(copy));
            RemoveFolder.of(copy, folder, "");
            return true;
        }
    }

    /** Copies that somebody was deleting. */
    public List<Path> leftovers() throws IOException {
        return named(folder, name -> name.startsWith(RemoveFolder.ASIDE));
    }

    private static List<Path> folders(Path in) throws IOException {
        return named(in, name -> !name.startsWith("."));
    }

    private static List<Path> named(Path in, Predicate<String> wanted) throws IOException {
        try (Stream<Path> children = Files.list(in)) {
            return children.filter(child -> wanted.test(child.getFileName().toString()))
                    .filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException nobodyHasBuilt) {
            return List.of();
        }
    }

    private static Path lockOf(Path copy) {
        return copy.resolveSibling(copy.getFileName() + ".lock");
    }

    /** The name is for people, the hash tells projects of the same name apart. */
    private Path copiesOf(Path project) {
        Path name = project.getFileName();
        String readable = name == null ? "project" : name.toString().replaceAll("[^A-Za-z0-9_-]", "_");
        return folder.resolve(readable + "-" + Sha256.of(project.toString()).substring(0, 12));
    }
}
