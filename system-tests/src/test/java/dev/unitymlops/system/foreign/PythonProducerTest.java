package dev.unitymlops.system.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.build.BuildMain;
import dev.unitymlops.events.AssetSpec;
import dev.unitymlops.events.BuildFacts;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.Problem;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.TrainingFacts;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.registry.RegistryMain;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.system.Checkout;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.PythonVenv;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import dev.unitymlops.train.TrainMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** examples/python-producer against a broker and a registry; the test plays the pipeline, or has the services do it. Skipped where pip cannot install, unless MLOPS_REQUIRE_FOREIGN=true. */
@ExtendWith(PlatformExtension.class)
class PythonProducerTest {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Path PRODUCER = Checkout.file("examples/python-producer");
    private static final TopicSpec[] TOPICS = {
        Topics.JOB_REQUESTED, Topics.MODEL_REGISTERED, Topics.JOB_FAILED, Topics.JOB_REJECTED, Topics.JOB_PROGRESS
    };

    private static Path python;

    private final TestPlatform platform;
    private final String prefix;
    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    PythonProducerTest(TestPlatform platform) {
        this.platform = platform;
        this.prefix = platform.newPrefix();
    }

    @BeforeAll
    static void installPackages() throws IOException, InterruptedException {
        python = new PythonVenv(Checkout.root().resolve("system-tests/target/python-producer"))
                .with(PRODUCER.resolve("requirements.txt"));
    }

    @BeforeEach
    void createTopics() {
        platform.createTopics(prefix, TOPICS);
    }

    @AfterEach
    void stopProducers() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void publishesAJobFileAsTheEventThatTheServicesRead() throws Exception {
        Process producer = start("examples/simple-agent.yaml");
        ConsumerRecord<String, JobRequested> record = published(producer);

        TrainingJob job = record.value().getJob();
        assertThat(record.key()).isEqualTo("test-job");
        assertThat(record.value().getRun()).isEqualTo(1);
        assertThat(record.value().getRequestedBy()).isEqualTo("python-producer");
        assertThat(record.value().getRequestedAt()).isAfter(START);
        assertThat(job.getJobId()).isEqualTo("test-job");
        assertThat(job.getDryRun()).isTrue();
        assertThat(job.getAssetSpec().getObservationSpace()).isEqualTo("{\"raycast\": 8, \"velocity\": 2}");
        assertThat(job.getRlConfig().getMaxSteps()).isEqualTo(100_000);
        assertThat(job.getRlConfig().getBatchSize())
                .as("a default of the schema")
                .isEqualTo(1024);

        ProducedHeaders.assertOf(record, "/python-producer");

        answer(Topics.JOB_FAILED, failed("test-job"));
        assertThat(exitCode(producer)).isEqualTo(1);
        assertThat(said()).contains("failed at BUILD, USER: no player; no scene");
    }

    @Test
    void endsWithZeroOnceTheModelIsRegisteredAndSeesNothingUncommitted() throws Exception {
        Process producer = start();
        String jobId = published(producer).key();
        try (Producer<String, SpecificRecord> coordinator = transactional()) {
            coordinator.beginTransaction();
            coordinator
                    .send(new ProducerRecord<>(prefix + "job-failed", jobId, failed(jobId)))
                    .get();
            coordinator.abortTransaction();
            coordinator.beginTransaction();
            coordinator
                    .send(new ProducerRecord<>(prefix + "model-registered", "another", registered("another")))
                    .get();
            coordinator
                    .send(new ProducerRecord<>(prefix + "model-registered", jobId, registered(jobId)))
                    .get();
            coordinator.commitTransaction();
        }
        assertThat(exitCode(producer)).isZero();
        assertThat(Files.readString(folder.resolve("stdout")))
                .startsWith("{\"job_id\": \"" + jobId + "\"")
                .contains("\"name\": \"python-001\", \"version\": 3");
    }

    @Test
    void itsJobIsDoneByTheThreeServicesWhichKeepOneSchemaWithIt() throws Exception {
        try (RunningServices services = startServices()) {
            Process producer = start("examples/simple-agent.yaml");
            assertThat(exitCode(producer)).as(() -> "what it said: " + said()).isZero();
            assertThat(Files.readString(folder.resolve("stdout")))
                    .startsWith("{\"job_id\": \"test-job\", \"dry_run\": true");
            assertThat(services.fatal()).isNotDone();
        }
        assertThat(versionsOfJobRequested()).isEqualTo("[1]");
    }

    @Test
    void aJobThatWasThereBeforeTheServicesIsDoneWithTheSchemaThatItBrought() throws Exception {
        Process producer = start("examples/simple-agent.yaml");
        published(producer);
        assertThat(versionsOfJobRequested()).as("registered by the producer").isEqualTo("[1]");
        try (RunningServices services = startServices()) {
            assertThat(exitCode(producer)).as(() -> "what it said: " + said()).isZero();
            assertThat(services.fatal()).isNotDone();
        }
        assertThat(versionsOfJobRequested()).isEqualTo("[1]");
    }

    private String versionsOfJobRequested() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String url = platform.schemaRegistryUrl() + "/subjects/" + prefix + "job-requested-value/versions";
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private RunningServices startServices() throws Exception {
        Settings settings = Settings.of(Map.of(
                "bootstrap.servers", platform.bootstrapServers(),
                "schema.registry.url", platform.schemaRegistryUrl(),
                "topics.prefix", prefix,
                "topics.replication-factor", "1",
                "artifacts.root", folder.resolve("artifacts").toString(),
                "work.dir", folder.resolve("work").toString(),
                "http.port", "-1"));
        return RunningServices.start(settings, List.of(BuildMain.SERVICE, TrainMain.SERVICE, RegistryMain.SERVICE));
    }

    @Test
    void saysWhyAJobWasRefused() throws Exception {
        Process producer = start();
        String jobId = published(producer).key();
        answer(Topics.JOB_REJECTED, rejected(jobId));
        assertThat(exitCode(producer)).isEqualTo(3);
        assertThat(said()).contains("rl_config.num_envs: must be at least 1");
    }

    @Test
    void publishesNothingOfAFileWithUnknownFields() throws Exception {
        assertThat(exitCode(start("examples/invalid/ten-mistakes.yaml"))).isEqualTo(2);
        try (TopicReader<JobRequested> reader = platform.reader(prefix + "job-requested")) {
            assertThat(reader.readToEnd()).isEmpty();
        }
    }

    private Process start(String... jobFile) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                python.toString(),
                PRODUCER.resolve("produce.py").toString(),
                "--bootstrap-servers",
                platform.bootstrapServers(),
                "--schema-registry-url",
                platform.schemaRegistryUrl(),
                "--topic-prefix",
                prefix));
        for (String file : jobFile) {
            command.add(Checkout.file(file).toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        started.add(process);
        return process;
    }

    private int exitCode(Process producer) throws IOException, InterruptedException {
        assertThat(producer.waitFor(SOON.toSeconds(), TimeUnit.SECONDS))
                .as("the producer ended; it said: %s", said())
                .isTrue();
        return producer.exitValue();
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("stderr"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ConsumerRecord<String, JobRequested> published(Process producer) throws IOException {
        try (TopicReader<JobRequested> reader = platform.reader(prefix + "job-requested")) {
            var read = reader.await("the job", it -> !it.isEmpty() || !producer.isAlive(), SOON);
            assertThat(read)
                    .as("what was published; the producer said: %s", said())
                    .hasSize(1);
            return read.getFirst();
        }
    }

    private void answer(TopicSpec topic, SpecificRecord event) throws ExecutionException, InterruptedException {
        try (Producer<String, SpecificRecord> producer = platform.producer()) {
            producer.send(new ProducerRecord<>(prefix + topic.name(), jobIdOf(event), event))
                    .get();
        }
    }

    private Producer<String, SpecificRecord> transactional() {
        Map<String, Object> config = platform.clientConfig();
        config.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
        config.put("value.serializer", "io.confluent.kafka.serializers.KafkaAvroSerializer");
        config.put("transactional.id", prefix + "coordinator");
        KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(config);
        producer.initTransactions();
        return producer;
    }

    private static String jobIdOf(SpecificRecord event) {
        return (String) event.get(event.getSchema().getField("job_id").pos());
    }

    private static JobFailed failed(String jobId) {
        return JobFailed.newBuilder()
                .setJobId(jobId)
                .setRun(1)
                .setStage(Stage.BUILD)
                .setAttempt(1)
                .setContentHash("0".repeat(64))
                .setDryRun(true)
                .setCause(FailureCause.USER)
                .setMessages(List.of("no player", "no scene"))
                .setFailedAt(START)
                .build();
    }

    private static JobRejected rejected(String jobId) {
        return JobRejected.newBuilder()
                .setJobId(jobId)
                .setStage(Stage.BUILD)
                .setReason("invalid")
                .setProblems(List.of(Problem.newBuilder()
                        .setField("rl_config.num_envs")
                        .setValue("0")
                        .setMessage("must be at least 1")
                        .setRemedy("give 1 or more")
                        .build()))
                .setRejectedAt(START)
                .build();
    }

    private ModelRegistered registered(String jobId) {
        return ModelRegistered.newBuilder()
                .setJobId(jobId)
                .setRun(1)
                .setAttempt(1)
                .setContentHash("0".repeat(64))
                .setDryRun(true)
                .setStartedAt(START)
                .setCompletedAt(START)
                .setArtifacts("artifacts/" + jobId)
                .setJob(job(jobId))
                .setBuild(BuildFacts.newBuilder()
                        .setRun(1)
                        .setAttempt(1)
                        .setArtifacts("b")
                        .setBehaviourOrigin("template")
                        .build())
                .setTraining(TrainingFacts.newBuilder()
                        .setRun(1)
                        .setAttempt(1)
                        .setArtifacts("t")
                        .setSeed(42)
                        .build())
                .setModels(List.of(RegisteredModel.newBuilder()
                        .setBehavior("PythonAgent")
                        .setName("python-001")
                        .setVersion(3)
                        .setResourceName("python-001/3")
                        .setUri("file:///model.onnx")
                        .setSha256("0".repeat(64))
                        .build()))
                .setRegistry("file")
                .build();
    }

    private static TrainingJob job(String jobId) {
        return TrainingJob.newBuilder()
                .setJobId(jobId)
                .setAssetSpec(AssetSpec.newBuilder()
                        .setAssetId("python-001")
                        .setName("PythonAgent")
                        .build())
                .setRlConfig(RlConfig.newBuilder().build())
                .build();
    }
}
