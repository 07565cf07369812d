package dev.unitymlops.system.faults;

import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.schemas.Topics;
import java.util.HashMap;
import java.util.Map;

/**
 * Which process a service's events come from.
 *
 * @param processes id by job, of the last that held it
 */
record Makers(Map<String, Long> processes) {

    static Makers of(Evidence evidence, Part service) {
        Map<String, Long> workers = new HashMap<>();
        evidence.events(Topics.WORKERS).forEach(it -> {
            if (it.value() instanceof WorkerPresence presence) {
                workers.put(it.key(), presence.getPid());
            }
        });
        Map<String, Long> processes = new HashMap<>();
        evidence.events(service.work()).forEach(it -> {
            if (it.value() instanceof StageWork work
                    && work.getWorker() != null
                    && workers.containsKey(work.getWorker())) {
                processes.put(it.key(), workers.get(work.getWorker()));
            }
        });
        return new Makers(Map.copyOf(processes));
    }

    boolean made(long process, String jobId) {
        return Long.valueOf(process).equals(processes.get(jobId));
    }
}
