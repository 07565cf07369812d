package dev.unitymlops.webhook;

import dev.unitymlops.events.WebhookDelivery;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** webhook-service on topics of its own, and what goes in and comes out. */
final class Installation implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String SECRET = "whsec_" + "c2VjcmV0IG9mIDI0IGJ5dGVzIG9yIG1vcmUh";

    private final TestPlatform platform;
    private final String prefix;
    private final Map<String, String> settings = new HashMap<>();
    private final Producer<String, SpecificRecord> producer;
    private final List<RunningServices> instances = new ArrayList<>();
    private final List<TopicReader<?>> readers = new ArrayList<>();

    Installation(TestPlatform platform, Path folder) {
        this.platform = platform;
        this.prefix = platform.newPrefix();
        this.producer = platform.producer();
        settings.putAll(Map.of(
                "bootstrap.servers",
                platform.bootstrapServers(),
                "schema.registry.url",
                platform.schemaRegistryUrl(),
                "topics.prefix",
                prefix,
                "topics.replication-factor",
                "1",
                "topics.partitions",
                "2",
                "work.dir",
                folder.resolve("work").toString(),
                "webhook.allowed-networks",
                "127.0.0.0/8",
                "webhook.secret",
                SECRET,
                "http.port",
                "-1"));
    }

    Installation with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    RunningServices start(Clock clock) throws Exception {
        RunningServices started = RunningServices.start(Settings.of(settings), List.of(WebhookMain.service(clock)));
        instances.add(started);
        return started;
    }

    String name(TopicSpec topic) {
        return prefix + topic.name();
    }

    void send(TopicSpec topic, String key, SpecificRecord value) {
        var unused = producer.send(new ProducerRecord<>(name(topic), key, value));
        producer.flush();
    }

    <V extends SpecificRecord> TopicReader<V> reader(TopicSpec topic) {
        TopicReader<V> reader = platform.reader(name(topic));
        readers.add(reader);
        return reader;
    }

    /** Waits until the deliveries of a job fulfil a condition, and gives them. */
    List<WebhookDelivery> awaitDeliveries(String key, String what, Predicate<List<WebhookDelivery>> condition) {
        return of(
                key,
                this.<WebhookDelivery>reader(Topics.WEBHOOK_DELIVERIES)
                        .await(what, read -> condition.test(of(key, read)), PATIENCE));
    }

    private static List<WebhookDelivery> of(String key, List<ConsumerRecord<String, WebhookDelivery>> read) {
        return read.stream()
                .filter(it -> it.key().equals(key))
                .map(ConsumerRecord::value)
                .toList();
    }

    @Override
    public void close() {
        readers.forEach(TopicReader::close);
        instances.forEach(RunningServices::close);
        producer.close();
    }
}
