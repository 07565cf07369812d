package dev.unitymlops.stage.worker;

import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stage's live jobs as its work topic tells them. Used on the worker's thread. */
final class WorkView {

    private final Map<String, StageWork> live = new HashMap<>();
    private final TreeMap<Waiting, StageWork> queue = new TreeMap<>();
    private final TreeMap<Long, Integer> ages = new TreeMap<>();
    private final Map<List<String>, Integer> requirements = new HashMap<>();
    private final EnumMap<WorkPhase, Integer> counts = new EnumMap<>(WorkPhase.class);

    void put(String jobId, StageWork work) {
        remove(jobId);
        live.put(jobId, work);
        if (work.getPhase() == WorkPhase.QUEUED) {
            queue.put(Waiting.of(jobId, work), work);
            ages.merge(work.getSince(), 1, Integer::sum);
            requirements.merge(work.getInput().getRequires(), 1, Integer::sum);
        }
        count(work.getPhase(), 1);
    }

    void remove(String jobId) {
        StageWork gone = live.remove(jobId);
        if (gone != null) {
            if (queue.remove(Waiting.of(jobId, gone)) != null) {
                ages.computeIfPresent(gone.getSince(), (since, jobs) -> oneLess(jobs));
                requirements.computeIfPresent(gone.getInput().getRequires(), (labels, jobs) -> oneLess(jobs));
            }
            count(gone.getPhase(), -1);
        }
    }

    private static @Nullable Integer oneLess(int jobs) {
        return jobs == 1 ? null : jobs - 1;
    }

    /** How many queued jobs no worker could take. */
    int unschedulable(Set<WorkOffer> offers) {
        return requirements.entrySet().stream()
                .filter(jobs -> Unschedulable.of(jobs.getKey(), offers).isPresent())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Queued jobs, the most urgent first. */
    Stream<Map.Entry<Waiting, StageWork>> queued() {
        return queue.entrySet().stream();
    }

    /** Since when the oldest queued job is in the stage, milliseconds since the epoch; 0 when none is queued. */
    long oldestQueued() {
        return ages.isEmpty() ? 0 : ages.firstKey();
    }

    int count(WorkPhase phase) {
        return counts.getOrDefault(phase, 0);
    }

    private void count(WorkPhase phase, int change) {
        counts.merge(phase, change, Integer::sum);
    }
}
