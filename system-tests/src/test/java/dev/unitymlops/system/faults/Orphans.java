package dev.unitymlops.system.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Processes that a fleet or its jobs started and that no live member of it looks after. */
final class Orphans {
    /** A supervisor gives what a killed service left behind 8 s to end by itself. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Orphans() {}

    /** Waits until there are none, and gives those that stay. */
    static List<String> of(Fleet fleet) {
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> now(fleet).isEmpty());
        } catch (ConditionTimeoutException e) {
            return now(fleet);
        }
        return List.of();
    }

    private static List<String> now(Fleet fleet) {
        Set<Long> lookedAfter = fleet.members().stream()
                .filter(Member::isAlive)
                .flatMap(Member::tree)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
        String mark = "TMPDIR=" + fleet.temporary() + "\0";
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes
                    .filter(it -> !lookedAfter.contains(it.pid())
                            && environment(it.pid()).contains(mark))
                    .map(it -> it.pid() + " " + it.info().commandLine().orElse(""))
                    .toList();
        }
    }

    /** Empty for a process that is gone, a kernel's thread, and another user's. */
    private static String environment(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "environ"), ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
