package dev.unitymlops.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Writes and reads values of one partition with Confluent's serdes, named in the configuration as services do. */
record AvroRecords(String bootstrapServers, String registryUrl, String topic) {

    void write(@Nullable Object value, Map<String, Object> settings) throws Exception {
        Map<String, Object> config = config(settings);
        config.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
        config.put("value.serializer", "io.confluent.kafka.serializers.KafkaAvroSerializer");
        try (var producer = new KafkaProducer<String, Object>(config)) {
            producer.send(new ProducerRecord<>(topic, "key", value)).get(180, TimeUnit.SECONDS);
        }
    }

    List<Object> read(int count) {
        return this.<Object>read(count, "io.confluent.kafka.serializers.KafkaAvroDeserializer");
    }

    List<byte[]> readBytes(int count) {
        return this.read(count, "org.apache.kafka.common.serialization.ByteArrayDeserializer");
    }

    private <V> List<V> read(int count, String deserializer) {
        Map<String, Object> config = config(Map.of("auto.offset.reset", "earliest", "fetch.max.wait.ms", 10));
        config.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        config.put("value.deserializer", deserializer);
        List<V> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<String, V>(config)) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            long giveUp = System.nanoTime() + Duration.ofMinutes(3).toNanos();
            while (values.size() < count && System.nanoTime() < giveUp) {
                for (ConsumerRecord<String, V> record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }

    private Map<String, Object> config(Map<String, Object> settings) {
        Map<String, Object> config = new HashMap<>(settings);
        config.put("bootstrap.servers", bootstrapServers);
        config.put("schema.registry.url", registryUrl);
        return config;
    }
}
