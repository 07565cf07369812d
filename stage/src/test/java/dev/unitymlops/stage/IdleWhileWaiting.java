package dev.unitymlops.stage;

import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.events.WorkerPresence;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** For how long, by the times of a work topic's records, a worker had a free slot while a job waited that it could take. */
final class IdleWhileWaiting {

    private final Map<String, StageWork> live = new HashMap<>();
    private final WorkerPresence worker;
    private long longest;
    private long since;

    private IdleWhileWaiting(WorkerPresence worker) {
        this.worker = worker;
    }

    /** The longest of any of the workers, which were there before the first job came. */
    static Duration longest(List<ConsumerRecord<String, StageWork>> log, Collection<WorkerPresence> workers) {
        List<ConsumerRecord<String, StageWork>> byTime = log.stream()
                .sorted(Comparator.comparingLong(ConsumerRecord::timestamp))
                .toList();
        return Duration.ofMillis(workers.stream()
                .mapToLong(worker -> new IdleWhileWaiting(worker).of(byTime))
                .max()
                .orElseThrow());
    }

    private long of(List<ConsumerRecord<String, StageWork>> log) {
        for (ConsumerRecord<String, StageWork> record : log) {
            boolean idled = idles();
            if (record.value() == null) {
                live.remove(record.key());
            } else {
                live.put(record.key(), record.value());
            }
            if (idled) {
                longest = Math.max(longest, record.timestamp() - since);
            }
            if (!idled) {
                since = record.timestamp();
            }
        }
        return longest;
    }

    private boolean idles() {
        return isFree() && live.values().stream().anyMatch(this::fits);
    }

    private boolean isFree() {
        return live.values().stream()
                        .filter(work -> worker.getWorkerId().equals(work.getWorker()))
                        .count()
                < worker.getSlots();
    }

    private boolean fits(StageWork work) {
        return work.getPhase() == WorkPhase.QUEUED
                && worker.getLabels().containsAll(work.getInput().getRequires());
    }
}
