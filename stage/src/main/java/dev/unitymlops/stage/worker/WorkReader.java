package dev.unitymlops.stage.worker;

import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.runtime.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stage's work topic and the workers' presence from the beginning, without a group. One thread reads; {@link
 * #wakeUp} may be called from any.
 */
final class WorkReader implements AutoCloseable {

    private final String workTopic;
    private final Consumer<String, SpecificRecord> consumer;
    private final Map<TopicPartition, Long> ends;
    private boolean caughtUp;

    /** What is told of a record. */
    interface Listener {
        void work(String jobId, @Nullable StageWork work);

        void presence(String worker, @Nullable WorkerPresence presence);
    }

    WorkReader(String clientId, String workTopic, String presenceTopic, KafkaClients clients) {
        this.workTopic = workTopic;
        this.consumer = clients.consumer(clientId, Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"));
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : List.of(workTopic, presenceTopic)) {
            consumer.partitionsFor(topic).forEach(found -> all.add(new TopicPartition(topic, found.partition())));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
        this.ends = consumer.endOffsets(all);
    }

    /** Waits at most so long for records and tells them. */
    void read(Duration atMost, Listener listener) {
        try {
            for (ConsumerRecord<String, SpecificRecord> record : consumer.poll(atMost)) {
                tell(record, listener);
            }
        } catch (WakeupException e) {
            // somebody has something for the reading thread to do: it goes round
            return;
        }
    }

    private void tell(ConsumerRecord<String, SpecificRecord> record, Listener listener) {
        SpecificRecord value = record.value();
        if (record.topic().equals(workTopic)) {
            listener.work(record.key(), (StageWork) value);
        } else {
            listener.presence(record.key(), (WorkerPresence) value);
        }
    }

    /** Whether all that stood on the topics when this reader was made has been told. */
    boolean caughtUp() {
        if (!caughtUp) {
            caughtUp = ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        }
        return caughtUp;
    }

    void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
