package dev.unitymlops.train.mlagents;

import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Hands out port ranges that are disjoint between all trainings of this user on this host, in whatever process: player i
 * uses the range's first port + i. A range is made of blocks (their first ports are multiples of {@link #BLOCK}, whatever
 * the settings of other services on this host) with one lock file each, whose lock the operating system
 * drops when the process dies; other programs' ports are found by trying to bind. Thread-safe.
 */
public final class PortRanges {

    static final int BLOCK = 16;

    /**
     * Lock files that this process holds. A second channel on one of them must not even be opened: closing it would
     * drop the process's lock (POSIX).
     */
    static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final int first;
    private final int last;

    /**
     * @param folder for the lock files, the same for all trainers of the host
     * @param first lowest port
     * @param last highest port
     */
    public PortRanges(Path folder, int first, int last) {
        this.folder = folder.toAbsolutePath();
        this.first = Math.ceilDiv(first, BLOCK) * BLOCK;
        this.last = last;
    }

    /** The host's ranges: lock files in a folder of this user below the system's temporary folder. */
    public static PortRanges ofHost(int first, int last) {
        Path folder =
                Path.of(System.getProperty("java.io.tmpdir"), "unity-mlops-ports-" + System.getProperty("user.name"));
        return new PortRanges(folder, first, last);
    }

    int first() {
        return first;
    }

    /**
     * Claims ports next to each other.
     *
     * @throws StageFailure when there are none at present
     */
    PortRange claim(int ports) throws StageFailure {
        try {
            Files.createDirectories(folder);
            for (int start = first; start + ports - 1 <= last; start += BLOCK) {
                PortRange range = claimAt(start, ports);
                if (range != null) {
                    return range;
                }
            }
        } catch (IOException e) {
            throw StageFailure.infrastructure("cannot lock ports in " + folder + ": " + e.getMessage())
                    .because(e);
        }
        throw StageFailure.infrastructure("no " + ports + " free ports next to each other from " + first + " to " + last
                + "; widen train.first-port and train.last-port, or run fewer trainings at once");
    }

    private @Nullable PortRange claimAt(int start, int ports) throws IOException {
        List<PortRange.Block> blocks = new ArrayList<>();
        for (int block = start; block < start + ports; block += BLOCK) {
            PortRange.Block locked = lock(block);
            if (locked == null) {
                break;
            }
            blocks.add(locked);
        }
        if (blocks.size() * BLOCK >= ports && allFree(start, ports)) {
            return new PortRange(start, blocks);
        }
        blocks.forEach(PortRange::release);
        return null;
    }

    private PortRange.@Nullable Block lock(int block) throws IOException {
        Path file = folder.resolve(block + ".lock");
        if (!HELD_HERE.add(file)) {
            return null;
        }
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.tryLock();
            return lock == null ? null : new PortRange.Block(file, lock);
        } finally {
            if (lock == null) {
                if (channel != null) {
                    channel.close();
                }
                HELD_HERE.remove(file);
            }
        }
    }

    private static boolean allFree(int start, int ports) {
        for (int port = start; port < start + ports; port++) {
            if (!isFree(port)) {
                return false;
            }
        }
        return true;
    }

    /** Binds on all interfaces, as {@code mlagents-learn} does, for a moment. */
    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port), 1);
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }
}
