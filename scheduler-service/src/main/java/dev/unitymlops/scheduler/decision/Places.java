package dev.unitymlops.scheduler.decision;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which jobs have a place, counted over all and by schedule. One thread. */
final class Places {

    private final Map<String, Place> byJob = new HashMap<>();
    private final Map<String, Set<String>> taken = new HashMap<>();
    private int total;

    void put(String jobId, @Nullable Place place) {
        Place before = place == null ? byJob.remove(jobId) : byJob.put(jobId, place);
        if (before != null && before.taken()) {
            free(before.scheduleId(), jobId);
        }
        if (place != null && place.taken()) {
            taken.computeIfAbsent(place.scheduleId(), any -> new LinkedHashSet<>())
                    .add(jobId);
            total++;
        }
    }

    private void free(String scheduleId, String jobId) {
        taken.computeIfPresent(scheduleId, (id, jobs) -> {
            jobs.remove(jobId);
            return jobs.isEmpty() ? null : jobs;
        });
        total--;
    }

    @Nullable
    Place of(String jobId) {
        return byJob.get(jobId);
    }

    int taken() {
        return total;
    }

    /** Jobs of a schedule that have one, the longest first. */
    Set<String> takenBy(String scheduleId) {
        return taken.getOrDefault(scheduleId, Set.of());
    }

    List<String> where(Predicate<Place> condition) {
        return byJob.entrySet().stream()
                .filter(entry -> condition.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
