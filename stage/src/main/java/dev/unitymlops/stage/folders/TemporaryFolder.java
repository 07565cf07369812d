package dev.unitymlops.stage.folders;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that is gone when it is closed. A file in it is locked as long as this process lives, by which {@link
 * ForgottenFolders} knows those of processes that were killed.
 */
public record TemporaryFolder(Path path, FileChannel lock) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);

    static final String LOCK = ".lock";

    /** Of this process: a further channel to its lock file would release the lock when it is closed. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    /**
     * Makes one.
     *
     * @param prefix with which its name begins, by which {@link ForgottenFolders} looks
     */
    public static TemporaryFolder in(Path place, String prefix) throws IOException {
        Files.createDirectories(place);
        Path folder = Files.createTempDirectory(place, prefix);
        OWN.add(folder);
        return new TemporaryFolder(folder, locked(folder));
    }

    static boolean isOwn(Path folder) {
        return OWN.contains(folder);
    }

    /** The file gets its name when it is locked already, so that nobody sees it without. */
    private static FileChannel locked(Path folder) throws IOException {
        Path unnamed = folder.resolve(LOCK + ".new");
        FileChannel channel = FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            FileLock unused = channel.lock();
            Files.move(unnamed, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try (lock) {
            DeleteTree.of(path, LOCK);
        } catch (IOException e) {
            LOG.warn("A temporary folder is left for the next that looks for forgotten ones folder={}", path, e);
        } finally {
            OWN.remove(path);
        }
    }
}
