package dev.unitymlops.stage.worker;

import dev.unitymlops.runtime.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How a worker works.
 *
 * @param slots attempts it runs side by side
 * @param labels what it offers; a job's requirements must be among them
 * @param lease how long it may be silent
 * @param isolationLimit how long it goes on without reaching the broker
 * @param scratch local folder for attempts' scratch folders
 * @param artifactsRoot root of the artifact store, a path or a URI
 * @param allowedRoots further roots that a job's output_dir may name
 */
public record WorkerSettings(
        int slots,
        Set<String> labels,
        Duration lease,
        Duration isolationLimit,
        Path scratch,
        String artifactsRoot,
        List<String> allowedRoots) {

    public WorkerSettings {
        labels = Set.copyOf(labels);
        allowedRoots = List.copyOf(allowedRoots);
    }

    public static WorkerSettings from(Settings.Reader s) {
        return new WorkerSettings(
                s.key("worker.slots", "Attempts that run side by side.").count(1, 1, 1024),
                Set.copyOf(s.key("worker.labels", "What this worker offers; a job's requirements must be among them.")
                        .list(List.of())),
                s.key("worker.lease", "How long a worker may be silent before its attempt is given to another.")
                        .duration(Duration.ofSeconds(30)),
                s.key("worker.isolation-limit", "How long an attempt goes on while the broker cannot be reached.")
                        .duration(Duration.ofMinutes(30)),
                s.key("work.dir", "Local folder for scratch files, kept copies and state.")
                        .path(Path.of(System.getProperty("java.io.tmpdir"), "unity-mlops")),
                s.key("artifacts.root", "Root of the artifact store: a path or a URI.")
                        .text("artifacts"),
                s.key("artifacts.allowed-roots", "Further roots that a job's output_dir may name.")
                        .list(List.of()));
    }
}
