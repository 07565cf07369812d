package dev.unitymlops.cli.workers;

import dev.unitymlops.events.RunningJob;
import dev.unitymlops.events.WorkerPresence;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A worker as {@code --json} shows it.
 *
 * @param stage {@code build}, {@code train} or {@code registry}
 * @param state {@code idle}, {@code working}, {@code draining} (takes no more work) or {@code silent} (not heard of for
 *     three leases: it has lost the broker, or was killed)
 * @param at when it last spoke
 */
record WorkerRow(
        String workerId,
        String stage,
        String host,
        long pid,
        String state,
        int slots,
        List<String> labels,
        Map<String, String> versions,
        List<Work> running,
        Instant startedAt,
        Instant at) {
    static final Comparator<WorkerRow> ORDER = Comparator.comparing(WorkerRow::stage)
            .thenComparing(WorkerRow::host)
            .thenComparing(WorkerRow::startedAt)
            .thenComparing(WorkerRow::workerId);

    private static final int LEASES = 3;

    /** An attempt that it works on. */
    record Work(String jobId, int run, int attempt, Instant since) {}

    static WorkerRow of(WorkerPresence presence, Instant now, Duration lease) {
        boolean silent = presence.getAt().plus(lease.multipliedBy(LEASES)).isBefore(now);
        return new WorkerRow(
                presence.getWorkerId(),
                presence.getStage().name().toLowerCase(Locale.ROOT),
                presence.getHost(),
                presence.getPid(),
                silent ? "silent" : speaking(presence),
                presence.getSlots(),
                presence.getLabels(),
                presence.getVersions(),
                presence.getRunning().stream().map(WorkerRow::work).toList(),
                presence.getStartedAt(),
                presence.getAt());
    }

    private static String speaking(WorkerPresence presence) {
        if (presence.getDraining()) {
            return "draining";
        }
        return presence.getRunning().isEmpty() ? "idle" : "working";
    }

    private static Work work(RunningJob job) {
        return new Work(job.getJobId(), job.getRun(), job.getAttempt(), job.getSince());
    }

    /** For people: what runs, and since when. */
    String runs() {
        if (running.isEmpty()) {
            return state.equals("silent") ? "last heard " + at : "-";
        }
        return running.stream()
                .map(work -> work.jobId() + " (run " + work.run() + ", attempt " + work.attempt() + ", since "
                        + work.since() + ")")
                .collect(Collectors.joining(", "));
    }
}
