package dev.unitymlops.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes words to one partition of a broker, and reads them again. */
record Records(String bootstrapServers, String topic) {

    void createTopic() throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(180, TimeUnit.SECONDS);
        }
    }

    void write(String... words) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringSerializer(),
                new StringSerializer())) {
            for (String word : words) {
                producer.send(new ProducerRecord<>(topic, word)).get(180, TimeUnit.SECONDS);
            }
        }
    }

    List<String> read(int count) {
        List<String> words = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "fetch.max.wait.ms",
                        10),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long giveUp = System.nanoTime() + Duration.ofMinutes(3).toNanos();
            while (words.size() < count && System.nanoTime() < giveUp) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> words.add(record.value()));
            }
        }
        assertThat(words).hasSize(count);
        return words;
    }
}
