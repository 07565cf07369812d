package dev.unitymlops.testkit;

import dev.unitymlops.embedded.EmbeddedRegistry;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.TrustedPackages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A real broker and a registry for tests. One serves all tests of a JVM ({@link PlatformExtension}), so each test takes
 * a topic prefix of its own. Any thread may call.
 */
public final class TestPlatform implements AutoCloseable {
    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static final String STRING_SERIALIZER = "org.apache.kafka.common.serialization.StringSerializer";
    private static final String AVRO_SERIALIZER = "io.confluent.kafka.serializers.KafkaAvroSerializer";

    private final TestBroker broker;
    private final EmbeddedRegistry registry;

    private TestPlatform(TestBroker broker, EmbeddedRegistry registry) {
        this.broker = broker;
        this.registry = registry;
    }

    /** Starts one: in this JVM, or with {@code -Dtestcontainers} and Docker in a container; stderr says which. */
    public static TestPlatform start() {
        TrustedPackages.trust();
        TestBroker broker = TestBroker.start();
        try {
            return new TestPlatform(broker, EmbeddedRegistry.start(broker.bootstrapServers(), 0));
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** What goes into {@code schema.registry.url}. */
    public String schemaRegistryUrl() {
        return registry.url();
    }

    /** A prefix for topics, groups and transactional ids that no other test of this JVM has, such as {@code t7-}. */
    public String newPrefix() {
        return "t" + PREFIXES.incrementAndGet() + "-";
    }

    /** What a service under test is to be given of this platform, on topics of that prefix; the caller adds the rest. */
    public Map<String, String> settings(String prefix) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers());
        settings.put("schema.registry.url", schemaRegistryUrl());
        settings.put("topics.prefix", prefix);
        settings.put("topics.replication-factor", "1");
        settings.put("topics.partitions", "2");
        settings.put("http.port", "-1");
        return settings;
    }

    /** Creates topics as declared, on one replica, and returns once they are there. */
    public void createTopics(String prefix, TopicSpec... topics) {
        List<NewTopic> wanted = Stream.of(topics)
                .map(topic ->
                        new NewTopic(prefix + topic.name(), topic.partitions(), (short) 1).configs(topic.configs()))
                .toList();
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(wanted).all().get(180, TimeUnit.SECONDS);
            awaitThatTheBrokerKnows(admin, wanted.stream().map(NewTopic::name).toList());
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The topics of " + prefix + " were not created", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while topics were created", e);
        }
    }

    /** The controller has answered; the broker, which clients ask, hears of it a little later. */
    private static void awaitThatTheBrokerKnows(Admin admin, List<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                admin.describeTopics(topics).allTopicNames().get(180, TimeUnit.SECONDS);
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() - giveUp > 0) {
                    throw e;
                }
            }
        }
    }

    /** A producer of events, for what a test plays itself; the caller closes it. */
    public <V extends SpecificRecord> Producer<String, V> producer() {
        Map<String, Object> config = clientConfig();
        config.put("key.serializer", STRING_SERIALIZER);
        config.put("value.serializer", AVRO_SERIALIZER);
        config.put("linger.ms", 0);
        return new KafkaProducer<>(config);
    }

    /** Reads topics, which exist, from their beginnings; the caller closes it. */
    public <V extends SpecificRecord> TopicReader<V> reader(String... topics) {
        return new TopicReader<>(clientConfig(), List.of(topics));
    }

    /** What every client of this platform needs, {@code bootstrap.servers} and {@code schema.registry.url}. */
    public Map<String, Object> clientConfig() {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrapServers());
        config.put("schema.registry.url", schemaRegistryUrl());
        return config;
    }

    @Override
    public void close() {
        try (broker) {
            registry.close();
        }
    }
}
