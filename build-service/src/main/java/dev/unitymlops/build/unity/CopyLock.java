package dev.unitymlops.build.unity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A lock file that one attempt holds, over all processes of the host; it ends with the process. */
final class CopyLock implements AutoCloseable {

    /**
     * Files locked by this process: POSIX gives up a process's lock as soon as the process closes any channel to the file,
     * so a file that is held must not even be opened again.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private CopyLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** The lock, or null when this or another process has it. */
    static @Nullable CopyLock tryLock(Path file) throws IOException {
        if (!HELD.add(file)) {
            return null;
        }
        CopyLock lock = null;
        try {
            lock = lockOf(file);
            return lock;
        } finally {
            if (lock == null) {
                HELD.remove(file);
            }
        }
    }

    private static @Nullable CopyLock lockOf(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() != null) {
            // The time of the file says when the copy was last taken, the file who did.
            channel.truncate(0).write(ByteBuffer.wrap(me()));
            return new CopyLock(file, channel);
        }
        channel.close();
        return null;
    }

    private static byte[] me() {
        return ("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(file);
    }
}
