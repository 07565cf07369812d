package dev.unitymlops.stage.folders;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a folder takes, and when anything in it was last written. Locking it is no use of it.
 *
 * @param bytes of all files in it but the lock; links are not followed
 */
public record FolderUse(long bytes, Instant lastUsed) {

    /** Of a folder on any file system; what goes while it is measured, be it the folder itself, takes nothing. */
    public static FolderUse of(Path folder) throws IOException {
        var measure = new Measure(folder);
        Files.walkFileTree(folder, measure);
        Instant newest = measure.newest;
        return new FolderUse(measure.bytes, newest == null ? ownTime(folder) : newest);
    }

    private static Instant ownTime(Path folder) throws IOException {
        try {
            return Files.getLastModifiedTime(folder).toInstant();
        } catch (NoSuchFileException gone) {
            return Instant.EPOCH;
        }
    }

    private static final class Measure extends SimpleFileVisitor<Path> {
        private final Path folder;
        private long bytes;
        private @Nullable Instant newest;

        Measure(Path folder) {
            this.folder = folder;
        }

        /** The folder's own time changes with a lock file that somebody puts into it. */
        @Override
        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            if (!visited.equals(folder)) {
                see(attributes);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!file.equals(folder.resolve(TemporaryFolder.LOCK))) {
                bytes += attributes.isRegularFile() ? attributes.size() : 0;
                see(attributes);
            }
            return FileVisitResult.CONTINUE;
        }

        private void see(BasicFileAttributes attributes) {
            Instant written = attributes.lastModifiedTime().toInstant();
            if (newest == null || newest.isBefore(written)) {
                newest = written;
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }
}
