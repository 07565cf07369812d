package dev.unitymlops.stage.artifacts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One process at a time has a job's folder; of a store that is no disk, one of this machine. The operating system
 * releases it with the process, however that ends.
 */
public final class JobLock implements AutoCloseable {

    private final FileChannel channel;

    private JobLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * The lock file stays: deleting it would let two processes lock two files of the same name. Only whoever removes the
     * whole folder deletes it, holding it; who has waited for that one locks anew.
     */
    static JobLock of(Path folder, String jobId) throws JobRefused, IOException {
        while (true) {
            JobLock lock = tryOf(folder, jobId);
            if (Files.exists(fileOf(folder))) {
                return lock;
            }
            lock.close();
        }
    }

    private static JobLock tryOf(Path folder, String jobId) throws JobRefused, IOException {
        Path file = fileOf(folder);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw new JobRefused(ArtifactStore.problem(
                        "job_id",
                        jobId,
                        "is being run by " + holder(file) + ", which has locked " + folder,
                        "Wait for it, stop it, or choose another job_id."));
            }
            channel.truncate(0).write(ByteBuffer.wrap(me().getBytes(StandardCharsets.UTF_8)));
            return new JobLock(channel);
        } catch (JobRefused | IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** A bucket has no locks: there the file is one of this machine, found by the folder's URI. */
    private static Path fileOf(Path folder) throws IOException {
        if (folder.getFileSystem().equals(FileSystems.getDefault())) {
            return Files.createDirectories(folder).resolve(".lock");
        }
        UUID name = UUID.nameUUIDFromBytes(folder.toUri().toString().getBytes(StandardCharsets.UTF_8));
        return Path.of(System.getProperty("java.io.tmpdir"), "unity-mlops-" + name + ".lock");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String me() {
        return "process " + ProcessHandle.current().pid();
    }

    private static String holder(Path file) throws IOException {
        String holder = Files.readString(file);
        return holder.isBlank() ? "another process" : holder;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
