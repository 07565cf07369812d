package dev.unitymlops.build.unity;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Whether a Unity that we did not start, or that outlived its build, has a project open. */
final class ForeignUnity {

    private ForeignUnity() {}

    /**
     * Unity keeps Temp/UnityLockfile locked while a project is open and leaves the unlocked file behind when it crashes.
     * The kind of lock differs by platform, so processes that were started with this project count as well.
     */
    static boolean isIn(Path project) throws IOException {
        Path lockFile = project.resolve("Temp/UnityLockfile");
        return Files.exists(lockFile) && (isLocked(lockFile) || isNamedByAProcess(project));
    }

    private static boolean isLocked(Path lockFile) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return true;
        }
    }

    private static boolean isNamedByAProcess(Path project) {
        String path = project.toString();
        long self = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != self)
                .flatMap(process -> process.info().arguments().stream().flatMap(Arrays::stream))
                .anyMatch(path::equals);
    }
}
