package dev.unitymlops.stage.artifacts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Small files that a reader sees whole or not at all. */
final class WholeFile {

    private WholeFile() {}

    /**
     * Writes the file for good. On a disk it outlives a power cut: temporary file, fsync, rename over what is there. On
     * any other file system it is one put, and whoever puts first has committed.
     *
     * @throws FileAlreadyExistsException when somebody else has committed; never on a disk
     */
    static void commit(Path file, byte[] content) throws IOException {
        if (!onDisk(file)) {
            put(file, content);
            return;
        }
        Path part = partOf(file);
        try {
            writeThrough(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Writes the file without waiting for the disk; false when it was there already, untouched. */
    static boolean putIfAbsent(Path file, byte[] content) throws IOException {
        if (!onDisk(file)) {
            try {
                put(file, content);
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            }
        }
        Path part = partOf(file);
        try {
            Files.write(part, content);
            return link(file, part, content);
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Renames and links are those of the machine's own file systems; object stores have a put that is atomic instead. */
    private static boolean onDisk(Path file) {
        return file.getFileSystem().equals(FileSystems.getDefault());
    }

    private static void put(Path file, byte[] content) throws IOException {
        Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** A hard link is the one atomic put-if-absent of a disk; some network file systems have none. */
    private static boolean link(Path file, Path part, byte[] content) throws IOException {
        try {
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            put(file, content);
        }
        return true;
    }

    private static void writeThrough(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private static Path partOf(Path file) {
        return file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
    }
}
