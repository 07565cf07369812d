package dev.unitymlops.registry.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One thread of all processes has a parent model's folder. The operating system frees the lock with the process, however
 * that ends. The lock file stays: deleting it would let two processes lock two files of the same name.
 */
final class ParentLock implements AutoCloseable {

    /** File locks hold against other processes only. */
    private static final Map<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    private final ReentrantLock lock;
    private final FileChannel channel;

    private ParentLock(ReentrantLock lock, FileChannel channel) {
        this.lock = lock;
        this.channel = channel;
    }

    /** Waits for the lock of an existing folder. */
    static ParentLock of(Path folder) throws IOException, InterruptedException {
        ReentrantLock lock = IN_THIS_PROCESS.computeIfAbsent(folder.toRealPath(), any -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            return new ParentLock(lock, locked(folder.resolve(".lock")));
        } catch (IOException | RuntimeException e) {
            lock.unlock();
            throw e;
        }
    }

    private static FileChannel locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.lock();
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            lock.unlock();
        }
    }
}
