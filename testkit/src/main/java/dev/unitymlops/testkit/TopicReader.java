package dev.unitymlops.testkit;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Collects what is committed on some topics, from their beginnings, decoded with Confluent's deserializer. Without a
 * group, so it disturbs nobody. It reads only while a method waits, on the caller's thread; not thread-safe.
 */
public final class TopicReader<V extends SpecificRecord> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    /** Characters of a record in the message of a wait that failed. */
    private static final int LONGEST_TOLD = 600;

    private final KafkaConsumer<String, V> consumer;
    private final List<String> topics;
    private final List<TopicPartition> partitions;
    private final List<ConsumerRecord<String, V>> records = new ArrayList<>();

    /**
     * Reads topics, which exist, from their beginnings.
     *
     * @param clientConfig at least {@code bootstrap.servers} and {@code schema.registry.url}
     */
    public TopicReader(Map<String, Object> clientConfig, List<String> topics) {
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        config.put("value.deserializer", "io.confluent.kafka.serializers.KafkaAvroDeserializer");
        config.put("specific.avro.reader", true);
        config.put("isolation.level", "read_committed");
        // closing waits for the fetch that is on its way
        config.put("fetch.max.wait.ms", 50);
        this.consumer = new KafkaConsumer<>(config);
        this.topics = topics;
        this.partitions = topics.stream()
                .map(consumer::partitionsFor)
                .flatMap(Collection::stream)
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Waits until there are {@code count} records, and gives all that were read: more when more are there.
     *
     * @throws AssertionError when the time is over; it lists what was read
     */
    public List<ConsumerRecord<String, V>> awaitRecords(int count, Duration timeout) {
        return await(count + " records", read -> read.size() >= count, timeout);
    }

    /**
     * Waits until what was read fulfils a condition.
     *
     * @param what what is waited for, for the message
     * @throws AssertionError when the time is over; it lists what was read
     */
    public List<ConsumerRecord<String, V>> await(
            String what, Predicate<List<ConsumerRecord<String, V>>> condition, Duration timeout) {
        long giveUp = System.nanoTime() + timeout.toNanos();
        while (!condition.test(records())) {
            if (System.nanoTime() - giveUp > 0) {
                throw new AssertionError("Waited " + timeout + " for " + what + " on " + topics + ", read "
                        + records.size() + ":\n" + described());
            }
            poll();
        }
        return records();
    }

    /** Reads on to the last record that is committed now, and gives all. What comes later is not waited for. */
    public List<ConsumerRecord<String, V>> readToEnd() {
        consumer.endOffsets(partitions).forEach((partition, end) -> {
            while (consumer.position(partition) < end) {
                poll();
            }
        });
        return records();
    }

    /** What was read so far. */
    public List<ConsumerRecord<String, V>> records() {
        return List.copyOf(records);
    }

    private void poll() {
        consumer.poll(POLL).forEach(records::add);
    }

    private String described() {
        return records.stream()
                .map(it -> it.topic() + "-" + it.partition() + "@" + it.offset() + " " + it.key() + " "
                        + (it.value() == null ? "tombstone" : described(it.value())))
                .collect(joining("\n"));
    }

    private static String described(SpecificRecord value) {
        String text = value.getSchema().getName() + " " + value;
        return text.length() <= LONGEST_TOLD ? text : text.substring(0, LONGEST_TOLD) + "...";
    }

    @Override
    public void close() {
        consumer.close();
    }
}
