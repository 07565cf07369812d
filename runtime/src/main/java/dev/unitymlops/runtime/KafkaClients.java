package dev.unitymlops.runtime;

import dev.unitymlops.schemas.TrustedPackages;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Makes Kafka's clients, all with the same promises: producers are idempotent and wait for all replicas, consumers read
 * committed records only and commit nothing by themselves. What a caller or {@code kafka.*} sets wins, those promises
 * excepted.
 *
 * <p>The Avro serializers are named in configuration only ({@code kafka.producer.value.serializer}, {@code
 * kafka.consumer.value.deserializer}), Confluent's by default.
 */
public final class KafkaClients implements ValueSerdes {
    private static final String AVRO_SERIALIZER = "io.confluent.kafka.serializers.KafkaAvroSerializer";
    private static final String AVRO_DESERIALIZER = "io.confluent.kafka.serializers.KafkaAvroDeserializer";

    private final KafkaSettings settings;

    /** Also lets Avro make our event classes in this process, which it refuses otherwise. */
    public KafkaClients(KafkaSettings settings) {
        TrustedPackages.trust();
        this.settings = settings;
    }

    public KafkaSettings settings() {
        return settings;
    }

    /** Keys are strings, values Avro events, null for a tombstone. */
    public <V extends SpecificRecord> Producer<String, V> producer(String clientId, Map<String, ?> overrides) {
        var serializer = this.<V>serializer();
        return new KafkaProducer<>(producerConfig(clientId, overrides), new StringSerializer(), serializer);
    }

    /** For records that are passed on as they are. */
    public Producer<byte[], byte[]> bytesProducer(String clientId, Map<String, ?> overrides) {
        return new KafkaProducer<>(
                producerConfig(clientId, overrides), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Keys are strings, values Avro events. A value that cannot be decoded fails the poll: for trusted topics only. */
    public <V extends SpecificRecord> Consumer<String, V> consumer(String clientId, Map<String, ?> overrides) {
        var deserializer = this.<V>deserializer();
        return new KafkaConsumer<>(consumerConfig(clientId, overrides), new StringDeserializer(), deserializer);
    }

    /** For topics that anybody may write to: decode with {@link EventDecoder}. */
    public Consumer<byte[], byte[]> bytesConsumer(String clientId, Map<String, ?> overrides) {
        return new KafkaConsumer<>(
                consumerConfig(clientId, overrides), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    public Admin admin(String clientId) {
        var config = settings.of("admin");
        config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        return Admin.create(config);
    }

    /** A serializer of values, configured; for Kafka Streams and for records that are made by hand. */
    @Override
    public <V extends SpecificRecord> Serializer<V> serializer() {
        return serializer(Map.of());
    }

    /** The same with settings that win over those of {@code schema.registry.*}. */
    <V extends IndexedRecord> Serializer<V> serializer(Map<String, ?> overrides) {
        var config = withSerdes("producer");
        config.putAll(overrides);
        Serializer<V> serializer = create(
                config.getOrDefault(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, AVRO_SERIALIZER), Serializer.class);
        configure(() -> serializer.configure(config, false));
        return serializer;
    }

    /** A deserializer of values, configured. */
    @Override
    public <V extends SpecificRecord> Deserializer<V> deserializer() {
        var config = withSerdes("consumer");
        Deserializer<V> deserializer = create(
                config.getOrDefault(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, AVRO_DESERIALIZER),
                Deserializer.class);
        configure(() -> deserializer.configure(config, false));
        return deserializer;
    }

    /** For producers that are made elsewhere; serializers are left out. */
    public Map<String, Object> producerConfig(String clientId, Map<String, ?> overrides) {
        var config = new HashMap<String, Object>();
        config.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        // With 100 ms, the default, each transaction right after another waits that long for the markers of the first.
        config.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, "2");
        config.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, "1000");
        config.putAll(settings.of("producer"));
        config.remove(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
        config.putAll(overrides);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        return config;
    }

    /** For consumers that are made elsewhere; deserializers are left out. */
    public Map<String, Object> consumerConfig(String clientId, Map<String, ?> overrides) {
        var config = new HashMap<String, Object>();
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.putAll(settings.of("consumer"));
        config.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
        config.putAll(overrides);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        return config;
    }

    /** What Kafka Streams gets: {@code kafka.*}, {@code kafka.streams.*}, and the per-client ones under its prefixes. */
    public Map<String, Object> streamsConfig() {
        var config = settings.of("streams");
        settings.client().forEach((key, value) -> {
            if (key.matches("(producer|consumer|admin)\\..*")) {
                config.put(key, value);
            }
        });
        return config;
    }

    private Map<String, Object> withSerdes(String kind) {
        var config = settings.of(kind);
        config.putAll(settings.serdes());
        return config;
    }

    /** Serializers load what they need for a way of logging in only when it is asked for. */
    private static void configure(Runnable configuration) {
        try {
            configuration.run();
        } catch (LinkageError e) {
            throw new MissingHere("The serializers cannot log in to the schema registry as schema.registry.* says: " + e
                    + ". OAUTHBEARER does not work with those that are built in: use"
                    + " schema.registry.bearer.auth.credentials.source=STATIC_TOKEN, basic.auth.* or ssl.keystore.*,"
                    + " or put other serializers on the class path");
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T create(Object className, Class<? super T> type) {
        try {
            return (T) Utils.newInstance(String.valueOf(className), type);
        } catch (ClassNotFoundException e) {
            throw new MissingHere("The class " + className + " is not on the class path: put the jar of the serializer"
                    + " there, or name another in kafka.producer.value.serializer and"
                    + " kafka.consumer.value.deserializer");
        }
    }
}
