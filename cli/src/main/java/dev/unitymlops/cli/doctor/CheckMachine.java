package dev.unitymlops.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** JDK, memory and free disk. */
final class CheckMachine {
    private static final int JDK = 21;
    private static final double GIB = 1L << 30;

    /** The platform in one process takes 0.7 GiB, a trainer 0.5, a simulated player 0.1; Unity needs much more. */
    private static final double MEMORY_GIB = 2;

    /** The broker's segments of a few hundred jobs, or a player and its checkpoints. */
    private static final double DISK_GIB = 1;

    private final Path dataDir;
    private final Path cache;

    /**
     * @param dataDir of the platform
     * @param cache where trainer environments are kept
     */
    CheckMachine(Path dataDir, Path cache) {
        this.dataDir = dataDir;
        this.cache = cache;
    }

    List<Finding> findings() throws IOException {
        return List.of(jdk(), memory(), disk("disk", dataDir), disk("disk.cache", cache));
    }

    private static Finding jdk() {
        String found = Runtime.version() + " (" + System.getProperty("java.home") + ")";
        String expected = "JDK " + JDK + " or newer";
        return Runtime.version().feature() >= JDK
                ? Finding.good("jdk", true, found, expected)
                : Finding.bad("jdk", true, found, expected, "install one, or name it with MLOPS_JAVA_HOME");
    }

    /** Of the container where there is one. */
    private static Finding memory() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return size("memory", system.getTotalMemorySize(), MEMORY_GIB, "", "give this machine or container more");
    }

    private static Finding disk(String check, Path wanted) throws IOException {
        Path there = wanted.toAbsolutePath();
        for (Path above = there.getParent(); !Files.isDirectory(there) && above != null; above = above.getParent()) {
            there = above;
        }
        long free = Files.getFileStore(there).getUsableSpace();
        return size(check, free, DISK_GIB, " free for " + wanted, "free some, or put it elsewhere");
    }

    private static Finding size(String check, long bytes, double atLeast, String where, String remedy) {
        String found = gib(bytes / GIB) + where;
        String expected = "at least " + gib(atLeast);
        return bytes / GIB >= atLeast
                ? Finding.good(check, true, found, expected)
                : Finding.bad(check, true, found, expected, remedy);
    }

    private static String gib(double size) {
        return String.format(Locale.ROOT, "%.1f GiB", size);
    }
}
