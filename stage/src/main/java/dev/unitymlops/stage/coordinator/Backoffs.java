package dev.unitymlops.stage.coordinator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which jobs back off until when. One object per task, used on its thread only. */
final class Backoffs {

    private final TreeMap<Long, TreeSet<String>> byTime = new TreeMap<>();
    private final Map<String, Long> byJob = new HashMap<>();

    void put(String jobId, long until) {
        remove(jobId);
        byJob.put(jobId, until);
        byTime.computeIfAbsent(until, ignored -> new TreeSet<>()).add(jobId);
    }

    void remove(String jobId) {
        Long until = byJob.remove(jobId);
        if (until != null) {
            byTime.computeIfPresent(until, (ignored, jobs) -> jobs.remove(jobId) && jobs.isEmpty() ? null : jobs);
        }
    }

    boolean isEmpty() {
        return byJob.isEmpty();
    }

    void clear() {
        byTime.clear();
        byJob.clear();
    }

    /** The jobs whose time has come, earliest first; they stay until removed. */
    List<String> over(long now) {
        List<String> jobs = new ArrayList<>();
        byTime.headMap(now, true).values().forEach(jobs::addAll);
        return jobs;
    }
}
