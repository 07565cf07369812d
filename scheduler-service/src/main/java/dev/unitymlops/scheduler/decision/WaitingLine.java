package dev.unitymlops.scheduler.decision;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The jobs that wait for a place, in the order in which their ticks fired. One thread. */
final class WaitingLine {

    private final TreeMap<Long, Waiting> jobs = new TreeMap<>();
    private final Map<String, TreeMap<Long, Waiting>> bySchedule = new HashMap<>();
    private final Set<String> jobIds = new HashSet<>();
    private final TreeSet<Long> cancelled = new TreeSet<>();

    void put(long number, @Nullable Waiting job) {
        leave(number);
        if (job != null) {
            jobs.put(number, job);
            bySchedule.computeIfAbsent(job.scheduleId(), any -> new TreeMap<>()).put(number, job);
            jobIds.add(job.job().getJobId());
            if (job.cancelled()) {
                cancelled.add(number);
            }
        }
    }

    private void leave(long number) {
        Waiting before = jobs.remove(number);
        if (before != null) {
            bySchedule.computeIfPresent(before.scheduleId(), (id, own) -> {
                own.remove(number);
                return own.isEmpty() ? null : own;
            });
            jobIds.remove(before.job().getJobId());
            cancelled.remove(number);
        }
    }

    /** The number of the next one to come. */
    long next() {
        return jobs.isEmpty() ? 0 : jobs.lastKey() + 1;
    }

    int size() {
        return jobs.size();
    }

    boolean contains(String jobId) {
        return jobIds.contains(jobId);
    }

    /** All, by number; a copy. */
    Collection<Map.Entry<Long, Waiting>> all() {
        return List.copyOf(jobs.entrySet());
    }

    /** Those of a schedule, by number; a copy. */
    SortedMap<Long, Waiting> of(String scheduleId) {
        return new TreeMap<>(bySchedule.getOrDefault(scheduleId, new TreeMap<>()));
    }

    /** Those whose cancellation was asked for, by number; a copy. */
    SortedMap<Long, Waiting> cancelled() {
        SortedMap<Long, Waiting> found = new TreeMap<>();
        cancelled.forEach(number -> found.put(number, jobs.get(number)));
        return found;
    }
}
