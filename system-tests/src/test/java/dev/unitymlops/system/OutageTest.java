package dev.unitymlops.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.embedded.BrokerOptions;
import dev.unitymlops.embedded.EmbeddedBroker;
import dev.unitymlops.embedded.EmbeddedRegistry;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.TraceParent;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.EachEventOnce;
import dev.unitymlops.testkit.TopicReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker or the registry goes and comes back: jobs wait, and nothing is lost, refused or done twice for that. */
class OutageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private EmbeddedRegistry registry;
    private RunningServices services;
    private Pipeline pipeline;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start(BrokerOptions.in(folder.resolve("broker")));
        registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
        pipeline = new Pipeline(broker.bootstrapServers(), registry.url(), "outage-", folder);
        services = pipeline.startInThisJvm(1);
    }

    @AfterEach
    void stop() {
        pipeline.close();
        services.close();
        registry.close();
        broker.close();
    }

    @Test
    void aJobWaitsForTheRegistry() throws Exception {
        JobRequested event =
                JobRequested.newBuilder().setJob(JobFiles.dry("patient")).build();
        byte[] encoded = pipeline.encoded(Topics.JOB_REQUESTED, event);
        int port = URI.create(registry.url()).getPort();
        registry.close();

        pipeline.sendBytes(Topics.JOB_REQUESTED, "patient".getBytes(UTF_8), encoded);
        Awaitility.await("intake says that it waits")
                .atMost(PATIENCE)
                .until(() -> services.health().status() == Health.Status.DEGRADED);
        registry = EmbeddedRegistry.start(broker.bootstrapServers(), port);

        assertThat(awaitEnd("patient").getDryRun()).isTrue();
        try (TopicReader<SpecificRecord> reader =
                pipeline.reader(Topics.JOB_REQUESTED.deadLetters(), Topics.JOB_REJECTED, Topics.JOB_FAILED)) {
            assertThat(reader.readToEnd()).isEmpty();
        }
    }

    @Test
    void aTrainingGoesOnWithoutTheBroker() throws Exception {
        Path started = folder.resolve("started");
        Path go = folder.resolve("go");
        request(JobFiles.waitingAtFirst("steady", started, go));
        Awaitility.await("the training").atMost(PATIENCE).until(() -> Files.exists(started));
        long training = Long.parseLong(Files.readString(started));
        int port = URI.create("kafka://" + broker.bootstrapServers()).getPort();

        broker.close();
        broker = EmbeddedBroker.start(BrokerOptions.in(folder.resolve("broker")).onPort(port));
        assertThat(ProcessHandle.of(training)).isPresent();
        Files.createFile(go);

        assertThat(awaitEnd("steady").getTraining().getAttempt())
                .as("an outage takes a job from nobody")
                .isEqualTo(1);
        try (TopicReader<SpecificRecord> reader = pipeline.reader(
                Topics.BUILD_COMPLETED, Topics.TRAINING_COMPLETED, Topics.MODEL_REGISTERED, Topics.JOB_FAILED)) {
            var records = reader.readToEnd();
            assertThat(records).hasSize(3);
            new EachEventOnce().assertKept(records);
        }
    }

    private void request(TrainingJob job) throws Exception {
        pipeline.request(job, TraceParent.begin(new SplittableRandom(6)));
    }

    private ModelRegistered awaitEnd(String jobId) {
        try (TopicReader<ModelRegistered> reader = pipeline.reader(Topics.MODEL_REGISTERED)) {
            return reader.await("the end of " + jobId, all -> !all.isEmpty(), PATIENCE)
                    .getFirst()
                    .value();
        }
    }
}
