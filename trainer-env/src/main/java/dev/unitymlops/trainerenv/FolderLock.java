package dev.unitymlops.trainerenv;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One maker of environments at a time, over threads and processes. The system lets go of the file's lock when its process dies; the
 * file itself stays, because deleting it would let two in.
 */
final class FolderLock implements AutoCloseable {
    /** A file lock belongs to the whole JVM, so threads need their own. */
    private static final ReentrantLock THREADS = new ReentrantLock(true);

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @param waiting is called once when another thread or process holds the lock */
    static FolderLock take(Path file, Runnable waiting) throws IOException, InterruptedException {
        boolean told = !THREADS.tryLock();
        if (told) {
            waiting.run();
            THREADS.lockInterruptibly();
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock(channel, told ? () -> {} : waiting);
            return new FolderLock(channel);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            THREADS.unlock();
            throw e;
        }
    }

    private static FileLock lock(FileChannel channel, Runnable waiting) throws IOException {
        var free = channel.tryLock();
        if (free != null) {
            return free;
        }
        waiting.run();
        return channel.lock();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            THREADS.unlock();
        }
    }
}
