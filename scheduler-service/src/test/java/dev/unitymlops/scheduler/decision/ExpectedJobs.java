package dev.unitymlops.scheduler.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Which jobs run, wait and are to be requested by the rules of {@code README.md}. */
final class ExpectedJobs {

    private enum Stand {
        WAITS,
        CANCELLED,
        RUNS,
        ENDED
    }

    private final int places;
    private final ToIntFunction<String> limits;
    private final Map<String, Job> jobs = new HashMap<>();
    private final Map<String, Set<Job>> unfinished = new HashMap<>();
    private final Set<Job> line = new LinkedHashSet<>();
    private final Set<Job> cancelled = new LinkedHashSet<>();
    private final List<String> requests = new ArrayList<>();
    private int running;

    /** One job that a tick has named. */
    private static final class Job {
        final String id;
        final String scheduleId;
        Stand stand = Stand.WAITS;
        int run = 1;

        Job(String id, String scheduleId) {
            this.id = id;
            this.scheduleId = scheduleId;
        }
    }

    /**
     * No jobs.
     *
     * @param limits how many jobs of a schedule may run at once
     */
    ExpectedJobs(int places, ToIntFunction<String> limits) {
        this.places = places;
        this.limits = limits;
    }

    void fired(String scheduleId, List<String> jobIds, int limit) {
        for (String jobId : jobIds) {
            Job job = new Job(jobId, scheduleId);
            if (jobs.put(jobId, job) != null) {
                throw new AssertionError("two ticks name the job " + jobId);
            }
            unfinished.computeIfAbsent(scheduleId, any -> new LinkedHashSet<>()).add(job);
            line.add(job);
            if (hasRoom(scheduleId, limit)) {
                request(job);
            }
        }
    }

    private boolean hasRoom(String scheduleId, int limit) {
        return running < places
                && (limit == Integer.MAX_VALUE || of(scheduleId, Stand.RUNS).size() < limit);
    }

    private void request(Job job) {
        line.remove(job);
        cancelled.remove(job);
        job.stand = Stand.RUNS;
        running++;
        requests.add(job.id);
    }

    /** Lets go in order whoever has room. */
    void release() {
        if (running >= places) {
            return;
        }
        for (Job job : List.copyOf(line)) {
            if (running >= places) {
                return;
            }
            if (hasRoom(job.scheduleId, limits.applyAsInt(job.scheduleId))) {
                request(job);
            }
        }
    }

    /** Those that were cancelled as they waited are requested in order, whatever runs. */
    void releaseCancelled() {
        if (!cancelled.isEmpty()) {
            line.stream().filter(cancelled::contains).toList().forEach(this::request);
        }
    }

    Set<String> unfinished(String scheduleId) {
        Set<String> all = of(scheduleId, Stand.RUNS);
        all.addAll(of(scheduleId, Stand.WAITS));
        return all;
    }

    Set<String> cancelWaiting(String scheduleId) {
        Set<String> waiting = of(scheduleId, Stand.WAITS);
        for (String jobId : waiting) {
            Job job = job(jobId);
            job.stand = Stand.CANCELLED;
            cancelled.add(job);
        }
        return waiting;
    }

    private Set<String> of(String scheduleId, Stand stand) {
        Set<String> found = new LinkedHashSet<>();
        for (Job job : unfinished.getOrDefault(scheduleId, Set.of())) {
            if (job.stand == stand) {
                found.add(job.id);
            }
        }
        return found;
    }

    /** A retry begins; not when its end was told before. */
    void began(String jobId, int run) {
        Job job = job(jobId);
        if (run > job.run) {
            job.run = run;
            running += job.stand == Stand.RUNS ? 0 : 1;
            job.stand = Stand.RUNS;
            unfinished
                    .computeIfAbsent(job.scheduleId, any -> new LinkedHashSet<>())
                    .add(job);
        }
    }

    /** The end of a run, told for the first time or again. */
    void ended(String jobId, int run) {
        Job job = job(jobId);
        if (run >= job.run) {
            job.run = run;
            running -= job.stand == Stand.RUNS ? 1 : 0;
            job.stand = Stand.ENDED;
            unfinished.getOrDefault(job.scheduleId, Set.of()).remove(job);
        }
    }

    private Job job(String jobId) {
        @Nullable Job job = jobs.get(jobId);
        if (job == null) {
            throw new AssertionError("no tick has named the job " + jobId);
        }
        return job;
    }

    List<String> takeRequests() {
        List<String> taken = List.copyOf(requests);
        requests.clear();
        return taken;
    }

    int running() {
        return running;
    }

    int waiting() {
        return line.size();
    }

    boolean anyCancelled() {
        return !cancelled.isEmpty();
    }

    Set<String> named() {
        return jobs.keySet();
    }
}
