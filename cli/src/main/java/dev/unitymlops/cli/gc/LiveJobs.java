package dev.unitymlops.cli.gc;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.events.EventReader;
import dev.unitymlops.cli.events.EventTopics;
import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.cli.records.ReadToEnd;
import dev.unitymlops.cli.view.JobView;
import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.ControlAction;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.runtime.EventDecoder;
import dev.unitymlops.runtime.EventDecoder.Decoded;
import dev.unitymlops.runtime.Unreachable;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the jobs need that a cluster still works on or will: they, and what their job files and schedules point at. */
final class LiveJobs {
    private static final List<TopicSpec> WORK = List.of(Topics.BUILD_WORK, Topics.TRAIN_WORK, Topics.REGISTRY_WORK);

    private final Cluster cluster;

    LiveJobs(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Adds them as they stand now. */
    void nameIn(Named live) throws InterruptedException {
        working().forEach(live::job);
        Map<String, List<JobEvent>> events = new HashMap<>();
        try (var reader = EventReader.fromBeginning(cluster, EventTopics.MILESTONES)) {
            reader.history()
                    .forEach(event -> events.computeIfAbsent(event.jobId(), any -> new ArrayList<>())
                            .add(event));
        }
        events.forEach((job, all) -> {
            if (isLive(job, all)) {
                live.job(job);
                all.forEach(event -> needs(event.value(), live));
            }
        });
        for (TrainingSchedule schedule : schedules()) {
            live.paths(schedule);
            schedule.getJobs().forEach(job -> initialWeights(job.getRlConfig(), live));
        }
    }

    /** In a stage's queue or at work, also when its events are no longer there. */
    private Set<String> working() throws InterruptedException {
        var work = new HashMap<String, Set<String>>();
        new ReadToEnd(cluster).each(WORK, record -> {
            if (record.key() != null) {
                Set<String> jobs = work.computeIfAbsent(record.topic(), any -> new HashSet<>());
                if (record.value() == null) {
                    jobs.remove(key(record));
                } else {
                    jobs.add(key(record));
                }
            }
        });
        var all = new HashSet<String>();
        work.values().forEach(all::addAll);
        return all;
    }

    /** Between two stages a job is in no queue; one that is to be retried may not be again yet. */
    private static boolean isLive(String job, List<JobEvent> events) {
        var view = new JobView(job);
        events.forEach(view::add);
        return !view.state().over()
                || events.stream()
                        .anyMatch(event -> event.value() instanceof JobControl control
                                && control.getAction() == ControlAction.RETRY
                                && control.getRun() == view.run());
    }

    private static void needs(SpecificRecord event, Named live) {
        live.paths(event);
        TrainingJob job = switch (event) {
            case JobRequested requested -> requested.getJob();
            case BuildCompleted completed -> completed.getJob();
            case TrainingCompleted completed -> completed.getJob();
            default -> null;
        };
        if (job != null) {
            initialWeights(job.getRlConfig(), live);
        }
    }

    private static void initialWeights(RlConfig config, Named live) {
        live.job(config.getInitializeFromRunId());
    }

    private Iterable<TrainingSchedule> schedules() throws InterruptedException {
        var decoder = new EventDecoder<>(cluster.clients().<TrainingSchedule>deserializer(), TrainingSchedule.class);
        var found = new HashMap<String, TrainingSchedule>();
        new ReadToEnd(cluster).each(List.of(Topics.TRAINING_SCHEDULES), record -> {
            if (record.key() != null && record.value() == null) {
                found.remove(key(record));
            } else if (record.key() != null) {
                switch (decoder.decode(record)) {
                    case Decoded.Event<TrainingSchedule> event -> found.put(key(record), event.value());
                    // the scheduler goes on with the one before, and has put this one to the dead letters
                    case Decoded.Unreadable<TrainingSchedule> unreadable -> {}
                    case Decoded.RegistryDown<TrainingSchedule> down ->
                        throw new Unreachable(
                                "The schema registry does not answer: "
                                        + down.reason().getMessage(),
                                down.reason());
                }
            }
        });
        return found.values();
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }
}
