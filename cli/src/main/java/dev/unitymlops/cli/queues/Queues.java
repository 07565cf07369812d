package dev.unitymlops.cli.queues;

import dev.unitymlops.events.Stage;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.events.WorkerCordon;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.stage.worker.Liveness;
import dev.unitymlops.stage.worker.Unschedulable;
import dev.unitymlops.stage.worker.Waiting;
import dev.unitymlops.stage.worker.WorkOffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The queued jobs of all stages and the last words of their workers, as their topics tell them. Not thread-safe. */
public final class Queues {
    private final Map<Stage, Map<String, StageWork>> queued = new EnumMap<>(Stage.class);
    private final Map<String, WorkerPresence> workers = new HashMap<>();
    private final SortedMap<String, WorkerCordon> cordons = new TreeMap<>();

    /** @param work null when the job has left the stage */
    void work(Stage stage, String jobId, @Nullable StageWork work) {
        Map<String, StageWork> queue = queued.computeIfAbsent(stage, any -> new HashMap<>());
        if (work != null && work.getPhase() == WorkPhase.QUEUED) {
            queue.put(jobId, work);
        } else {
            queue.remove(jobId);
        }
    }

    /** @param presence null when the worker has left */
    void worker(String id, @Nullable WorkerPresence presence) {
        if (presence == null) {
            workers.remove(id);
        } else {
            workers.put(id, presence);
        }
    }

    /** @param cordon null when it is lifted */
    void cordon(String place, @Nullable WorkerCordon cordon) {
        if (cordon == null) {
            cordons.remove(place);
        } else {
            cordons.put(place, cordon);
        }
    }

    /** By {@link dev.unitymlops.stage.worker.Cordon#place}, those of hosts without a worker as well. */
    public SortedMap<String, WorkerCordon> cordons() {
        return Collections.unmodifiableSortedMap(cordons);
    }

    /** The last words of all workers that have not said goodbye, of those that are gone as well. */
    public Collection<WorkerPresence> workers() {
        return Collections.unmodifiableCollection(workers.values());
    }

    /** Whether no worker that is there now could take the job. */
    public Optional<Stuck> stuck(String jobId, Instant now) {
        return queued.entrySet().stream()
                .flatMap(queue -> Optional.ofNullable(queue.getValue().get(jobId)).stream()
                        .flatMap(work -> judge(queue.getKey(), jobId, work, offers(queue.getKey(), now)).stream()))
                .findFirst();
    }

    /** All jobs that no worker which is there now could take, by id. */
    public Map<String, Stuck> stuck(Instant now) {
        var all = new TreeMap<String, Stuck>();
        queued.forEach((stage, queue) -> {
            Set<WorkOffer> offers = offers(stage, now);
            queue.forEach((jobId, work) -> judge(stage, jobId, work, offers).ifPresent(stuck -> all.put(jobId, stuck)));
        });
        return all;
    }

    /** Where each queued job stands, by id. */
    public Map<String, QueuePlace> places() {
        var places = new HashMap<String, QueuePlace>();
        queued.forEach((stage, queue) -> {
            var order = new TreeMap<Waiting, StageWork>();
            queue.forEach((jobId, work) -> order.put(Waiting.of(jobId, work), work));
            int position = 0;
            for (Map.Entry<Waiting, StageWork> job : order.entrySet()) {
                position++;
                places.put(
                        job.getKey().jobId(), new QueuePlace(job.getValue().getRun(), stage, position, order.size()));
            }
        });
        return places;
    }

    private static Optional<Stuck> judge(Stage stage, String jobId, StageWork work, Set<WorkOffer> offers) {
        return Unschedulable.of(work.getInput().getRequires(), offers)
                .map(why -> new Stuck(jobId, work.getRun(), stage, why));
    }

    private Set<WorkOffer> offers(Stage stage, Instant now) {
        return workers.values().stream()
                .filter(worker -> worker.getStage() == stage && Liveness.isThere(worker, now))
                .flatMap(worker -> WorkOffer.of(worker).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
