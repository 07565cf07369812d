package dev.unitymlops.stage.artifacts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Small files that a reader sees whole or not at all. */
final class WholeFile {

    private WholeFile() {}

    /**
     * Writes the file so that it outlives a power cut: temporary file, fsync, rename over what is there. Where renaming
     * is not atomic (object stores, where a put is), one put that fails when the file is there.
     */
    static void commit(Path file, byte[] content) throws IOException {
        Path part = partOf(file);
        try {
            writeThrough(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException | UnsupportedOperationException e) {
            Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Writes the file without waiting for the disk; false when it was there already, untouched. */
    static boolean putIfAbsent(Path file, byte[] content) throws IOException {
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

    /** A hard link is the one atomic put-if-absent of a file system; object stores have it in CREATE_NEW. */
    private static boolean link(Path file, Path part, byte[] content) throws IOException {
        try {
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
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
