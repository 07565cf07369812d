package dev.unitymlops.cli.queues;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.records.FollowTopics;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkerCordon;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.runtime.EventDecoder;
import dev.unitymlops.runtime.EventDecoder.Decoded;
import dev.unitymlops.runtime.Unreachable;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Keeps {@link Queues} as their topics tell them. One thread. */
public final class ReadQueues implements AutoCloseable {
    private static final Map<Stage, TopicSpec> WORK = Map.of(
            Stage.BUILD, Topics.BUILD_WORK, Stage.TRAIN, Topics.TRAIN_WORK, Stage.REGISTRY, Topics.REGISTRY_WORK);

    private final Queues queues = new Queues();
    private final FollowTopics topics;
    private final EventDecoder<StageWork> work;
    private final EventDecoder<WorkerPresence> presence;
    private final EventDecoder<WorkerCordon> cordon;
    private final String cordons;
    private final Map<String, Stage> stages;

    private ReadQueues(Cluster cluster, List<TopicSpec> topics) throws InterruptedException {
        this.work = new EventDecoder<>(cluster.clients().deserializer(), StageWork.class);
        this.presence = new EventDecoder<>(cluster.clients().deserializer(), WorkerPresence.class);
        this.cordon = new EventDecoder<>(cluster.clients().deserializer(), WorkerCordon.class);
        this.cordons = cluster.topics().name(Topics.WORKER_CORDONS);
        this.stages = WORK.entrySet().stream()
                .collect(Collectors.toMap(of -> cluster.topics().name(of.getValue()), Map.Entry::getKey));
        this.topics = new FollowTopics(cluster, topics);
        try {
            this.topics.toEnd(this::tell);
        } catch (RuntimeException | InterruptedException e) {
            this.topics.close();
            throw e;
        }
    }

    /** Of queues and workers, as they stand now. */
    public static ReadQueues of(Cluster cluster) throws InterruptedException {
        var all = new ArrayList<>(WORK.values());
        all.add(Topics.WORKERS);
        return new ReadQueues(cluster, all);
    }

    /** Of the workers and their cordons alone, as they stand now. */
    public static ReadQueues ofWorkers(Cluster cluster) throws InterruptedException {
        return new ReadQueues(cluster, List.of(Topics.WORKERS, Topics.WORKER_CORDONS));
    }

    /** As they stood when they were read last. */
    public Queues queues() {
        return queues;
    }

    /** Takes in what has come since, without waiting for more. */
    public void readOn() throws InterruptedException {
        topics.more(this::tell);
    }

    private void tell(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        Stage stage = stages.get(record.topic());
        if (record.topic().equals(cordons)) {
            queues.cordon(key, decoded(record, cordon));
        } else if (stage == null) {
            queues.worker(key, decoded(record, presence));
        } else {
            queues.work(stage, key, decoded(record, work));
        }
    }

    /** Null for a tombstone, and for what cannot be read: no word of a worker, no job that could be taken. */
    private static <V extends SpecificRecord> @Nullable V decoded(
            ConsumerRecord<byte[], byte[]> record, EventDecoder<V> decoder) {
        if (record.value() == null) {
            return null;
        }
        return switch (decoder.decode(record)) {
            case Decoded.Event<V> event -> event.value();
            case Decoded.Unreadable<V> unreadable -> null;
            case Decoded.RegistryDown<V> down ->
                throw new Unreachable(
                        "The schema registry does not answer: " + down.reason().getMessage(), down.reason());
        };
    }

    @Override
    public void close() {
        topics.close();
    }
}
