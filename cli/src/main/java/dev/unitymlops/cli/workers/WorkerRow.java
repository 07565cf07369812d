package dev.unitymlops.cli.workers;

import dev.unitymlops.events.RunningJob;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.stage.worker.Liveness;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A worker as {@code --json} shows it.
 *
 * @param stage {@code build}, {@code train} or {@code registry}
 * @param state {@code idle}, {@code working}, {@code paused} (takes no new work for now),
 *     {@code draining} (takes no more work) or {@code gone} (silent for two of
 *     its leases: it has lost the broker, or was killed)
 * @param paused why it takes no new work for now, absent when it does
 * @param at when it last spoke
 */
record WorkerRow(
        String workerId,
        String stage,
        String host,
        long pid,
        String state,
        @Nullable String paused,
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

    private static final String GONE = "gone";

    /** An attempt that it works on. */
    record Work(String jobId, int run, int attempt, Instant since) {}

    static WorkerRow of(WorkerPresence presence, Instant now) {
        return new WorkerRow(
                presence.getWorkerId(),
                presence.getStage().name().toLowerCase(Locale.ROOT),
                presence.getHost(),
                presence.getPid(),
                Liveness.isThere(presence, now) ? speaking(presence) : GONE,
                presence.getPaused(),
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
        if (presence.getPaused() != null) {
            return "paused";
        }
        return presence.getRunning().isEmpty() ? "idle" : "working";
    }

    private static Work work(RunningJob job) {
        return new Work(job.getJobId(), job.getRun(), job.getAttempt(), job.getSince());
    }

    /** As {@link dev.unitymlops.stage.worker.Cordon#place}. */
    String place() {
        return host + "/" + stage;
    }

    boolean isGone() {
        return state.equals(GONE);
    }

    /** For people: what runs, and since when. */
    String runs() {
        if (running.isEmpty()) {
            return isGone() ? "last heard " + at : "-";
        }
        return running.stream()
                .map(work -> work.jobId() + " (run " + work.run() + ", attempt " + work.attempt() + ", since "
                        + work.since() + ")")
                .collect(Collectors.joining(", "));
    }
}
