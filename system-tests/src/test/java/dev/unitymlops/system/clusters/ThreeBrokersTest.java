package dev.unitymlops.system.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.build.BuildMain;
import dev.unitymlops.embedded.BrokerOptions;
import dev.unitymlops.embedded.EmbeddedBroker;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.registry.RegistryMain;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.system.JobFiles;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import dev.unitymlops.train.TrainMain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers in this JVM, topics as a service creates them by itself, and jobs while one broker is gone. */
@ExtendWith(PlatformExtension.class)
class ThreeBrokersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private EmbeddedBroker first;
    private EmbeddedBroker second;
    private EmbeddedBroker third;
    private Map<String, Object> cluster;

    @BeforeEach
    void start(TestPlatform platform) {
        first = EmbeddedBroker.start(replicated(folder.resolve("first")));
        second = EmbeddedBroker.start(replicated(folder.resolve("second")).joining(first, 2));
        third = EmbeddedBroker.start(replicated(folder.resolve("third")).joining(first, 3));
        String brokers = first.bootstrapServers() + "," + second.bootstrapServers() + "," + third.bootstrapServers();
        cluster = Map.of("bootstrap.servers", brokers, "schema.registry.url", platform.schemaRegistryUrl());
    }

    @AfterEach
    void stop() {
        third.close();
        second.close();
        first.close();
    }

    @Test
    void jobsGoThroughWhileOneBrokerIsGone() throws Exception {
        try (RunningServices services = RunningServices.start(
                        settings(), List.of(BuildMain.SERVICE, TrainMain.SERVICE, RegistryMain.SERVICE));
                TopicReader<ModelRegistered> ends =
                        new TopicReader<>(new HashMap<>(cluster), List.of("three-" + Topics.MODEL_REGISTERED.name()))) {
            request("while-all-are-there");
            ends.awaitRecords(1, PATIENCE);
            assertThatAllHaveThreeReplicasOfWhichTwoMustHaveARecord();

            third.close();
            request("while-one-is-gone");
            assertThat(ends.awaitRecords(2, PATIENCE))
                    .extracting(it -> it.key())
                    .containsExactlyInAnyOrder("while-all-are-there", "while-one-is-gone");
            assertThat(services.fatal()).isNotDone();
        }
    }

    private void assertThatAllHaveThreeReplicasOfWhichTwoMustHaveARecord() throws Exception {
        try (Admin admin = Admin.create(new HashMap<>(cluster))) {
            Set<String> names = admin.listTopics().names().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(names).contains("three-build-commands", "three-build-service-jobs-changelog");
            Map<String, TopicDescription> topics =
                    admin.describeTopics(names).allTopicNames().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(topics.values())
                    .allSatisfy(topic -> assertThat(topic.partitions())
                            .allSatisfy(partition ->
                                    assertThat(partition.replicas()).hasSize(3)));
            var configs = admin.describeConfigs(names.stream()
                            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                            .toList())
                    .all()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(configs.values())
                    .allSatisfy(config -> assertThat(
                                    config.get("min.insync.replicas").value())
                            .isEqualTo("2"));
        }
    }

    private void request(String jobId) throws Exception {
        Map<String, Object> config = new HashMap<>(cluster);
        config.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
        config.put("value.serializer", "io.confluent.kafka.serializers.KafkaAvroSerializer");
        config.put("avro.remove.java.properties", "true");
        JobRequested event = JobRequested.newBuilder()
                .setJob(JobFiles.dry(jobId))
                .setRequestedBy("a system test")
                .build();
        try (Producer<String, JobRequested> producer = new KafkaProducer<>(config)) {
            producer.send(new ProducerRecord<>("three-" + Topics.JOB_REQUESTED.name(), jobId, event))
                    .get();
        }
    }

    /** As a cluster of three is set up; a busy machine must not look like a dead broker. */
    private static BrokerOptions replicated(Path data) {
        return BrokerOptions.in(data)
                .with("default.replication.factor", "3")
                .with("min.insync.replicas", "2")
                .with("offsets.topic.replication.factor", "3")
                .with("transaction.state.log.replication.factor", "3")
                .with("transaction.state.log.min.isr", "2")
                .with("broker.session.timeout.ms", "60000")
                .with("broker.heartbeat.interval.ms", "1000");
    }

    /** Without {@code topics.replication-factor}: three is what a service wants. */
    private Settings settings() {
        Map<String, String> settings = new HashMap<>();
        cluster.forEach((key, value) -> settings.put(key, value.toString()));
        settings.put("topics.prefix", "three-");
        settings.put("topics.partitions", "1");
        settings.put("http.port", "-1");
        settings.put("artifacts.root", folder.resolve("artifacts").toString());
        settings.put("work.dir", folder.resolve("work").toString());
        return Settings.of(settings);
    }
}
