package dev.unitymlops.stage.worker;

import dev.unitymlops.runtime.Settings;
import dev.unitymlops.stage.artifacts.ArtifactSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How a worker works.
 *
 * @param host the machine's name as people see it, by which its workers are cordoned
 * @param slots attempts it runs side by side
 * @param labels what it offers; a job's requirements must be among them
 * @param quotas how many jobs of a project may be worked on at once
 * @param lease how long it may be silent
 * @param isolationLimit how long it goes on without reaching the broker
 * @param scratch local folder for attempts' scratch folders
 * @param minFree bytes below which no new work is taken, of what is free under the artifact store or under scratch
 * @param artifacts where the artifact store is
 */
public record WorkerSettings(
        String host,
        int slots,
        Set<String> labels,
        Quotas quotas,
        Duration lease,
        Duration isolationLimit,
        Path scratch,
        long minFree,
        ArtifactSettings artifacts) {

    /** A player and the files of a training, with room for logs. */
    private static final long LEAST_FREE = 1L << 30;

    public WorkerSettings {
        labels = Set.copyOf(labels);
    }

    public static WorkerSettings from(Settings.Reader s) {
        String host = s.key("worker.host", "This machine's name as people see it; default: its host name.")
                .optionalText();
        return new WorkerSettings(
                host == null ? hostName() : host,
                s.key("worker.slots", "Attempts that run side by side.").count(1, 1, 1024),
                Set.copyOf(s.key("worker.labels", "What this worker offers; a job's requirements must be among them.")
                        .list(List.of())),
                Quotas.from(s),
                s.key("worker.lease", "How long a worker may be silent before its attempt is given to another.")
                        .duration(Duration.ofSeconds(30)),
                s.key("worker.isolation-limit", "How long an attempt goes on while the broker cannot be reached.")
                        .duration(Duration.ofMinutes(30)),
                s.key("work.dir", "Local folder for scratch files, kept copies and state.")
                        .path(Path.of(System.getProperty("java.io.tmpdir"), "unity-mlops")),
                s.key(
                                "worker.min-free",
                                "Free space under artifacts.root or work.dir below which no new job is taken; 0: any.")
                        .bytes(LEAST_FREE),
                ArtifactSettings.from(s));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
