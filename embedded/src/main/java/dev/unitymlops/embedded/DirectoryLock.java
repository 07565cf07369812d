package dev.unitymlops.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Holds a data directory for one broker. Kafka's own lock comes too late for a combined controller and broker: the
 * metadata log is opened, and written, before the broker looks at it. The operating system frees ours with the process.
 */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock hold(Path directory) {
        try {
            Files.createDirectories(directory);
            return lock(directory.resolve("broker.pid"));
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "The data directory " + directory + " cannot be used: " + e + ". Choose one that can be written.",
                    e);
        }
    }

    private static DirectoryLock lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                writePid(channel);
                return new DirectoryLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw held(file, "this process", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw held(file, "process " + Files.readString(file).strip(), null);
    }

    private static EmbeddedStartException held(Path file, String holder, @Nullable Throwable cause) {
        return new EmbeddedStartException(
                "The data directory " + file.getParent() + " is in use by a broker of " + holder
                        + ". Stop that one, or choose another directory.",
                cause);
    }

    private static void writePid(FileChannel channel) throws IOException {
        channel.truncate(0);
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8);
        channel.write(ByteBuffer.wrap(pid));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
