package dev.unitymlops.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The hops a job takes and nothing else: each stage's intake, coordinator, worker and coordinator again, as bare
 * consume-produce loops; transactional where the coordinator is, idempotent where intake and worker are.
 */
final class Floor implements Line {

    /** Per stage: intake, coordinator (transactional), worker, coordinator (transactional). */
    static final List<Boolean> TRANSACTIONAL_HOPS_OF_A_STAGE = List.of(false, true, false, true);

    static final int STAGES = 3;

    private final String bootstrapServers;
    private final byte[] payload;
    private final List<Hop> hops = new ArrayList<>();
    private final KafkaProducer<String, byte[]> in;
    private final KafkaConsumer<String, byte[]> out;
    private final String first;

    Floor(String bootstrapServers, String name, int partitions, int payloadBytes)
            throws ExecutionException, InterruptedException {
        this.bootstrapServers = bootstrapServers;
        this.payload = new byte[payloadBytes];
        int count = STAGES * TRANSACTIONAL_HOPS_OF_A_STAGE.size();
        List<String> topics =
                IntStream.rangeClosed(0, count).mapToObj(i -> name + "-" + i).toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(topics.stream()
                            .map(topic -> new NewTopic(topic, partitions, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        for (int i = 0; i < count; i++) {
            boolean transactional = TRANSACTIONAL_HOPS_OF_A_STAGE.get(i % TRANSACTIONAL_HOPS_OF_A_STAGE.size());
            hops.add(new Hop(topics.get(i), topics.get(i + 1), transactional));
        }
        hops.forEach(Hop::start);
        first = topics.getFirst();
        in = producer(null);
        out = consumer(name + "-out", topics.getLast());
        out.poll(Duration.ofSeconds(1));
    }

    static int hopsOfAJob() {
        return STAGES * TRANSACTIONAL_HOPS_OF_A_STAGE.size();
    }

    @Override
    public void put(String jobId) throws InterruptedException {
        try {
            in.send(new ProducerRecord<>(first, jobId, payload)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Set<String> take() {
        Set<String> ids = new HashSet<>();
        out.poll(Duration.ofMillis(200)).forEach(record -> ids.add(record.key()));
        return ids;
    }

    @Override
    public void close() {
        hops.forEach(Hop::stop);
        in.close();
        out.close();
    }

    private KafkaProducer<String, byte[]> producer(@Nullable String transactionalId) {
        Properties config = new Properties();
        config.putAll(Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "0"));
        config.put("retry.backoff.ms", "2");
        if (transactionalId != null) {
            config.put("transactional.id", transactionalId);
        }
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    private KafkaConsumer<String, byte[]> consumer(String group, String topic) {
        Properties config = new Properties();
        config.putAll(Map.of(
                "bootstrap.servers", bootstrapServers,
                "group.id", group,
                "enable.auto.commit", "false",
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest"));
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic));
        return consumer;
    }

    /** One consume-produce loop on a thread of its own. */
    private final class Hop {
        private final String to;
        private final boolean transactional;
        private final KafkaConsumer<String, byte[]> consumer;
        private final KafkaProducer<String, byte[]> producer;
        private final Thread thread;

        Hop(String from, String to, boolean transactional) {
            this.to = to;
            this.transactional = transactional;
            this.consumer = consumer(from + "-hop", from);
            this.producer = producer(transactional ? from + "-tx" : null);
            this.thread = Thread.ofPlatform().name(from + "-hop").unstarted(this::run);
        }

        void start() {
            thread.start();
        }

        void stop() {
            consumer.wakeup();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void run() {
            try (consumer;
                    producer) {
                if (transactional) {
                    producer.initTransactions();
                }
                while (!Thread.currentThread().isInterrupted()) {
                    pass(consumer.poll(Duration.ofSeconds(1)));
                }
            } catch (WakeupException e) {
                // the benchmark is over
                return;
            }
        }

        private void pass(ConsumerRecords<String, byte[]> records) {
            if (records.isEmpty()) {
                return;
            }
            if (transactional) {
                producer.beginTransaction();
            }
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            for (ConsumerRecord<String, byte[]> record : records) {
                var unused = producer.send(new ProducerRecord<>(to, record.key(), record.value()));
                offsets.put(
                        new TopicPartition(record.topic(), record.partition()),
                        new OffsetAndMetadata(record.offset() + 1));
            }
            if (transactional) {
                producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
                producer.commitTransaction();
            } else {
                producer.flush();
                consumer.commitAsync(offsets, null);
            }
        }
    }
}
