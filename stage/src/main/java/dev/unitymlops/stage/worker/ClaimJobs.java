package dev.unitymlops.stage.worker;

import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Chooses which queued jobs to ask for. Used on the worker's thread. */
final class ClaimJobs {

    /** Looked at beyond one's own free slots, so that several free workers ask for different jobs. */
    private static final int LOOK_PER_PEER = 4;

    private final String worker;
    private final Capacity capacity;
    private final WorkView view;
    private final Peers peers;
    private final Quotas quotas;
    private final Predicate<String> runsHere;

    /**
     * Chooses for a worker.
     *
     * @param runsHere whether an attempt of the job runs here: one that is being stopped may take a minute to save, and
     *     until then this worker would only have to decline the next
     */
    ClaimJobs(String worker, Capacity capacity, WorkView view, Peers peers, Quotas quotas, Predicate<String> runsHere) {
        this.worker = worker;
        this.capacity = capacity;
        this.view = view;
        this.peers = peers;
        this.quotas = quotas;
        this.runsHere = runsHere;
    }

    /** Claims as many of the most urgent fitting jobs as there are free slots. */
    void claim(BiConsumer<String, StageWork> send) {
        int free = capacity.free();
        if (free > 0 && view.count(WorkPhase.QUEUED) > 0) {
            List<String> rivals = peers.free();
            claimable()
                    .limit((long) free + (long) LOOK_PER_PEER * rivals.size())
                    .map(job -> Map.entry(Placement.rank(job.getKey().jobId(), worker, rivals), job))
                    .sorted(Comparator.comparingInt(Map.Entry::getKey))
                    .limit(free)
                    .forEach(ranked -> {
                        String jobId = ranked.getValue().getKey().jobId();
                        StageWork queued = ranked.getValue().getValue();
                        capacity.claimed(jobId, queued.getVersion());
                        send.accept(jobId, queued);
                    });
        }
        capacity.waiting(claimable().findFirst().isPresent());
    }

    /**
     * In their order. Of a project with a limit only the first for which it has room: all workers ask for the same ones
     * then, and the project rarely gets more than its share only to give it back.
     */
    private Stream<Map.Entry<Waiting, StageWork>> claimable() {
        Map<String, Integer> room = new HashMap<>();
        return view.queued(capacity::fits)
                .filter(job -> hasRoom(job.getValue().getInput().getProject(), room))
                .filter(job -> isFree(job.getKey().jobId()));
    }

    private boolean hasRoom(String project, Map<String, Integer> room) {
        OptionalInt limit = quotas.of(project);
        return limit.isEmpty()
                || room.merge(project, limit.getAsInt() - view.held(project) - 1, (left, first) -> left - 1) >= 0;
    }

    private boolean isFree(String jobId) {
        return !capacity.hasClaimed(jobId) && !runsHere.test(jobId);
    }
}
