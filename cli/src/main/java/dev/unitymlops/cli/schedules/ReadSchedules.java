package dev.unitymlops.cli.schedules;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.records.ReadToEnd;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.events.ScheduleTick;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.runtime.EventDecoder;
import dev.unitymlops.runtime.EventDecoder.Decoded;
import dev.unitymlops.runtime.Unreachable;
import dev.unitymlops.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads schedules and their ticks as they stand now. What cannot be decoded is the dead letters' business. */
final class ReadSchedules {
    private final Cluster cluster;

    ReadSchedules(Cluster cluster) {
        this.cluster = cluster;
    }

    /** By id. */
    SortedMap<String, StoredSchedule> all() throws InterruptedException {
        var decoder = new EventDecoder<>(cluster.clients().<TrainingSchedule>deserializer(), TrainingSchedule.class);
        var found = new TreeMap<String, StoredSchedule>();
        new ReadToEnd(cluster).each(List.of(Topics.TRAINING_SCHEDULES), record -> {
            if (record.key() == null) {
                return;
            }
            String id = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                found.remove(id);
            } else {
                decoded(record, decoder)
                        .ifPresent(schedule -> found.put(id, new StoredSchedule(record.offset(), schedule)));
            }
        });
        return found;
    }

    /**
     * The schedule of that id.
     *
     * @throws Refused when there is none
     */
    StoredSchedule named(String id) throws InterruptedException {
        SortedMap<String, StoredSchedule> all = all();
        StoredSchedule found = all.get(id);
        if (found == null) {
            throw new Refused("There is no schedule " + id + "; "
                    + (all.isEmpty()
                            ? "there are none yet: mlops schedule add FILE."
                            : "there are: " + String.join(", ", all.keySet()) + "."));
        }
        return found;
    }

    /** Every tick that the cluster still has, in the order of each schedule. */
    void ticks(Consumer<ScheduleTick> visit) throws InterruptedException {
        var decoder = new EventDecoder<>(cluster.clients().<ScheduleTick>deserializer(), ScheduleTick.class);
        new ReadToEnd(cluster)
                .each(
                        List.of(Topics.SCHEDULE_TICKS),
                        record -> decoded(record, decoder).ifPresent(visit));
    }

    private static <T extends SpecificRecord> Optional<T> decoded(
            ConsumerRecord<byte[], byte[]> record, EventDecoder<T> decoder) {
        return switch (decoder.decode(record)) {
            case Decoded.Event<T> event -> Optional.of(event.value());
            case Decoded.Unreadable<T> unreadable -> Optional.empty();
            case Decoded.RegistryDown<T> down ->
                throw new Unreachable(
                        "The schema registry does not answer: " + down.reason().getMessage(), down.reason());
        };
    }
}
