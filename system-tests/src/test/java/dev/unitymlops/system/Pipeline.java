package dev.unitymlops.system;

import dev.unitymlops.build.BuildMain;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.registry.RegistryMain;
import dev.unitymlops.runtime.EventHeaders;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.runtime.TraceParent;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import dev.unitymlops.train.TrainMain;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Topics, artifacts and scratch files of a test's own, as a producer and a plain consumer see them; the services that
 * work there run in this JVM or in others.
 */
final class Pipeline implements AutoCloseable {
    private final Map<String, String> cluster;
    private final String prefix;
    private final Path folder;
    private final KafkaClients clients;
    private final Producer<String, SpecificRecord> producer;
    private final Producer<byte[], byte[]> rawProducer;

    /** On the platform that the tests of this JVM share. */
    Pipeline(TestPlatform platform, Path folder) {
        this(platform.bootstrapServers(), platform.schemaRegistryUrl(), platform.newPrefix(), folder);
    }

    /**
     * Creates no topic: that is for the services to do.
     *
     * @param folder for artifacts and scratch files
     */
    Pipeline(String bootstrapServers, String schemaRegistryUrl, String prefix, Path folder) {
        this.cluster = Map.of("bootstrap.servers", bootstrapServers, "schema.registry.url", schemaRegistryUrl);
        this.prefix = prefix;
        this.folder = folder;
        this.clients = new KafkaClients(Settings.of(cluster).read(KafkaSettings::from));
        this.producer = clients.producer("producer", Map.of());
        this.rawProducer = clients.bytesProducer("raw-producer", Map.of());
    }

    /** What the services are to be given. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(cluster);
        settings.put("topics.prefix", prefix);
        settings.put("topics.replication-factor", "1");
        settings.put("artifacts.root", folder.resolve("artifacts").toString());
        settings.put("work.dir", folder.resolve("work").toString());
        return settings;
    }

    /** Starts the three services as they are, without an ops server. */
    RunningServices startInThisJvm(int slots) throws Exception {
        Settings settings =
                Settings.of(settings()).with(Map.of("worker.slots", Integer.toString(slots), "http.port", "-1"));
        return RunningServices.start(settings, List.of(BuildMain.SERVICE, TrainMain.SERVICE, RegistryMain.SERVICE));
    }

    String prefix() {
        return prefix;
    }

    String topic(TopicSpec topic) {
        return prefix + topic.name();
    }

    Path folder() {
        return folder;
    }

    Path artifacts(String jobId) {
        return folder.resolve("artifacts").resolve(jobId);
    }

    Map<String, Object> clientConfig() {
        return new HashMap<>(cluster);
    }

    /** Asks for a job as a producer of ours does, as part of a trace. */
    void request(TrainingJob job, TraceParent trace) throws Exception {
        JobRequested event = JobRequested.newBuilder()
                .setJob(job)
                .setRequestedBy("a system test")
                .build();
        var record = new ProducerRecord<String, SpecificRecord>(topic(Topics.JOB_REQUESTED), job.getJobId(), event);
        EventHeaders.ofAttempt(
                        Topics.JOB_REQUESTED.name(),
                        "system-tests",
                        job.getJobId(),
                        event.getRun(),
                        0,
                        "",
                        Clock.systemUTC().instant(),
                        trace)
                .writeTo(record.headers());
        producer.send(record).get(180, TimeUnit.SECONDS);
    }

    /** What Confluent's serializer makes of an event for its own topic. */
    byte[] encoded(TopicSpec topic, SpecificRecord event) {
        try (Serializer<SpecificRecord> serializer = clients.serializer()) {
            return serializer.serialize(topic(topic), event);
        }
    }

    /** Writes an event without any headers, as a foreign producer may. */
    void send(TopicSpec topic, String key, SpecificRecord event) throws Exception {
        producer.send(new ProducerRecord<>(topic(topic), key, event)).get(180, TimeUnit.SECONDS);
    }

    /** Writes whatever bytes. */
    void sendBytes(TopicSpec topic, byte[] key, byte[] value) throws Exception {
        rawProducer.send(new ProducerRecord<>(topic(topic), key, value)).get(180, TimeUnit.SECONDS);
    }

    /** A read_committed reader with Confluent's deserializer, from the topics' beginnings. */
    <V extends SpecificRecord> TopicReader<V> reader(TopicSpec... topics) {
        return new TopicReader<>(
                clientConfig(), Stream.of(topics).map(this::topic).toList());
    }

    @Override
    public void close() {
        producer.close();
        rawProducer.close();
    }
}
