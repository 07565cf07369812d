package dev.unitymlops.stage.worker;

import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stage's live jobs as its work topic tells them. Used on the worker's thread, {@link #held} on any. */
final class WorkView {

    private final Map<String, StageWork> live = new HashMap<>();

    /** By what the jobs require, so that those which a worker cannot take cost it nothing however many they are. */
    private final Map<List<String>, TreeMap<Waiting, StageWork>> queues = new HashMap<>();

    private final TreeMap<Long, Integer> ages = new TreeMap<>();
    private final EnumMap<WorkPhase, Integer> counts = new EnumMap<>(WorkPhase.class);

    private final Map<String, Integer> held = new ConcurrentHashMap<>();

    void put(String jobId, StageWork work) {
        // Counted before it is no longer: who asks meanwhile may see one too many, never one too few.
        hold(work, 1);
        remove(jobId);
        live.put(jobId, work);
        if (work.getPhase() == WorkPhase.QUEUED) {
            queues.computeIfAbsent(work.getInput().getRequires(), requires -> new TreeMap<>())
                    .put(Waiting.of(jobId, work), work);
            ages.merge(work.getSince(), 1, Integer::sum);
        }
        count(work.getPhase(), 1);
    }

    void remove(String jobId) {
        StageWork gone = live.remove(jobId);
        if (gone != null) {
            if (gone.getPhase() == WorkPhase.QUEUED) {
                queues.computeIfPresent(gone.getInput().getRequires(), (requires, queue) -> {
                    queue.remove(Waiting.of(jobId, gone));
                    return queue.isEmpty() ? null : queue;
                });
                ages.computeIfPresent(gone.getSince(), (since, jobs) -> jobs == 1 ? null : jobs - 1);
            }
            count(gone.getPhase(), -1);
            hold(gone, -1);
        }
    }

    /** The job's last record; null when it does not live in this stage. */
    @Nullable
    StageWork of(String jobId) {
        return live.get(jobId);
    }

    /** How many queued jobs no worker could take. */
    int unschedulable(Set<WorkOffer> offers) {
        return queues.entrySet().stream()
                .filter(jobs -> Unschedulable.of(jobs.getKey(), offers).isPresent())
                .mapToInt(jobs -> jobs.getValue().size())
                .sum();
    }

    /** Queued jobs whose requirements fit, the most urgent first; looked for only as far as the stream is read. */
    Stream<Map.Entry<Waiting, StageWork>> queued(Predicate<List<String>> fits) {
        PriorityQueue<Head> heads = new PriorityQueue<>();
        queues.forEach((requires, queue) -> {
            if (fits.test(requires)) {
                Head.of(queue.entrySet().iterator()).ifPresent(heads::add);
            }
        });
        return Stream.generate(() -> next(heads)).takeWhile(Optional::isPresent).map(Optional::get);
    }

    private static Optional<Map.Entry<Waiting, StageWork>> next(PriorityQueue<Head> heads) {
        Head head = heads.poll();
        if (head == null) {
            return Optional.empty();
        }
        Head.of(head.rest).ifPresent(heads::add);
        return Optional.of(head.first);
    }

    /** What is left of one queue. */
    private record Head(Map.Entry<Waiting, StageWork> first, Iterator<Map.Entry<Waiting, StageWork>> rest)
            implements Comparable<Head> {

        static Optional<Head> of(Iterator<Map.Entry<Waiting, StageWork>> queue) {
            return queue.hasNext() ? Optional.of(new Head(queue.next(), queue)) : Optional.empty();
        }

        @Override
        public int compareTo(Head other) {
            return first.getKey().compareTo(other.first.getKey());
        }
    }

    /** Since when the oldest queued job is in the stage, milliseconds since the epoch; 0 when none is queued. */
    long oldestQueued() {
        return ages.isEmpty() ? 0 : ages.firstKey();
    }

    int count(WorkPhase phase) {
        return counts.getOrDefault(phase, 0);
    }

    /** How many jobs of the project some worker has. */
    int held(String project) {
        return held.getOrDefault(project, 0);
    }

    private void hold(StageWork work, int change) {
        WorkPhase phase = work.getPhase();
        if (phase == WorkPhase.HELD || phase == WorkPhase.CANCELLING) {
            held.merge(work.getInput().getProject(), change, Integer::sum);
            held.remove(work.getInput().getProject(), 0);
        }
    }

    private void count(WorkPhase phase, int change) {
        counts.merge(phase, change, Integer::sum);
    }
}
