package dev.unitymlops.stage.worker;

import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkerCordon;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.runtime.EventDecoder;
import dev.unitymlops.runtime.EventDecoder.Decoded;
import dev.unitymlops.runtime.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the stage's work topic, the workers' presence and the cordons from the beginning, without a group. One thread reads; {@link
 * #wakeUp} and {@link #untilNow} may be called from any.
 *
 * <p>A record that nobody can decode is passed over. While the schema registry is away its partition waits, and the
 * reading thread is free for its other work.
 */
final class WorkReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkReader.class);
    private static final Duration REGISTRY_RETRY = Duration.ofSeconds(1);

    private final Names names;
    private final Consumer<byte[], byte[]> consumer;
    private final EventDecoder<StageWork> work;
    private final EventDecoder<WorkerPresence> presence;
    private final EventDecoder<WorkerCordon> cordons;
    private final LongSupplier nanoTime;
    private final Map<TopicPartition, Long> ends;
    private final List<TopicPartition> workPartitions;
    private final ReadUntilNow untilNow = new ReadUntilNow();
    private long waitingSince;
    private boolean caughtUp;

    /** What is told of a record. */
    interface Listener {
        void work(String jobId, @Nullable StageWork work);

        void presence(String worker, @Nullable WorkerPresence presence);

        void cordon(String place, @Nullable WorkerCordon cordon);
    }

    /** The topics' names on this cluster. */
    record Names(String work, String presence, String cordons) {}

    WorkReader(String clientId, Names names, KafkaClients clients, LongSupplier nanoTime) {
        this.names = names;
        this.consumer = clients.bytesConsumer(clientId, Map.of());
        this.work = new EventDecoder<>(clients.deserializer(), StageWork.class);
        this.presence = new EventDecoder<>(clients.deserializer(), WorkerPresence.class);
        this.cordons = new EventDecoder<>(clients.deserializer(), WorkerCordon.class);
        this.nanoTime = nanoTime;
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : List.of(names.work(), names.presence(), names.cordons())) {
            consumer.partitionsFor(topic).forEach(found -> all.add(new TopicPartition(topic, found.partition())));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
        this.ends = consumer.endOffsets(all);
        this.workPartitions =
                all.stream().filter(each -> each.topic().equals(names.work())).toList();
    }

    /** Waits at most so long for records and tells them. */
    void read(Duration atMost, Listener listener) {
        if (nanoTime.getAsLong() - waitingSince >= REGISTRY_RETRY.toNanos()) {
            consumer.resume(consumer.paused());
        }
        try {
            untilNow.note(consumer, workPartitions);
            untilNow.answer(consumer);
            ConsumerRecords<byte[], byte[]> batch = consumer.poll(atMost);
            for (TopicPartition partition : batch.partitions()) {
                tell(partition, batch.records(partition), listener);
            }
            untilNow.answer(consumer);
            caughtUp = caughtUp
                    || ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        } catch (WakeupException e) {
            // somebody has something for the reading thread to do: it goes round
            return;
        }
    }

    private void tell(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, Listener listener) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (!tell(record, listener)) {
                consumer.seek(partition, record.offset());
                consumer.pause(Set.of(partition));
                waitingSince = nanoTime.getAsLong();
                return;
            }
        }
    }

    private boolean tell(ConsumerRecord<byte[], byte[]> record, Listener listener) {
        if (record.topic().equals(names.work())) {
            return tell(record, work, listener::work);
        }
        return record.topic().equals(names.presence())
                ? tell(record, presence, listener::presence)
                : tell(record, cordons, listener::cordon);
    }

    /** Tells the record unless the registry is down. */
    private static <V extends SpecificRecord> boolean tell(
            ConsumerRecord<byte[], byte[]> record, EventDecoder<V> decoder, BiConsumer<String, @Nullable V> listener) {
        if (record.key() == null) {
            passOver(record, null);
            return true;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            listener.accept(key, null);
            return true;
        }
        return switch (decoder.decode(record)) {
            case Decoded.Event<V> event -> {
                listener.accept(key, event.value());
                yield true;
            }
            case Decoded.Unreadable<V> unreadable -> {
                passOver(record, unreadable.reason());
                yield true;
            }
            case Decoded.RegistryDown<V> down -> {
                LOG.warn("The queue waits for the schema registry topic={}", record.topic(), down.reason());
                yield false;
            }
        };
    }

    private static void passOver(ConsumerRecord<byte[], byte[]> record, @Nullable Exception reason) {
        LOG.error(
                "A foreign record is passed over topic={} partition={} offset={}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
    }

    /** Whether all that stood on the topics when this reader was made has been told. */
    boolean caughtUp() {
        return caughtUp;
    }

    /** Completes with true when all work that was committed before this call has been told; with false after the end. */
    CompletableFuture<Boolean> untilNow() {
        CompletableFuture<Boolean> asked = untilNow.ask();
        wakeUp();
        return asked;
    }

    void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        untilNow.close();
        consumer.close();
    }
}
