package dev.unitymlops.stage;

import static dev.unitymlops.stage.Requests.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.embedded.BrokerOptions;
import dev.unitymlops.embedded.EmbeddedPlatform;
import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.ControlAction;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.Requirements;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.schemas.TrustedPackages;
import dev.unitymlops.stage.Attempt.Standing;
import dev.unitymlops.stage.intake.Admission;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One stage's service as it is, on a real broker and registry, around a handler made for the purpose. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StageServiceTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final DryBuilds handler = new DryBuilds();
    private EmbeddedPlatform platform;
    private RunningServices services;
    private MeterRegistry meters;
    private KafkaClients clients;
    private Producer<String, SpecificRecord> producer;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        TrustedPackages.trust();
        platform = EmbeddedPlatform.start(BrokerOptions.in(folder.resolve("broker")), 0);
        Settings cluster = Settings.of(Map.of(
                "bootstrap.servers", platform.bootstrapServers(),
                "schema.registry.url", platform.schemaRegistryUrl()));
        Settings settings = cluster.with(Map.of(
                "artifacts.root", folder.resolve("artifacts").toString(),
                "work.dir", folder.resolve("work").toString(),
                "topics.replication-factor", "1",
                "worker.slots", "4",
                "http.port", "-1"));
        clients = new KafkaClients(cluster.read(KafkaSettings::from));
        services = RunningServices.start(
                settings, List.of(new Service<>("build-service", StageConfig::from, (config, metrics) -> {
                    meters = metrics.registry();
                    return new StageService<>(StageLine.BUILD, handler, Admission.ALL, config, Map.of())
                            .components(metrics);
                })));
        producer = clients.producer("test", Map.of());
    }

    @AfterAll
    void stop() {
        producer.close();
        services.close();
        platform.close();
    }

    @Test
    void anEventFollowsFromItsInput() {
        request(job("plain", ""));
        BuildCompleted event = await(Topics.BUILD_COMPLETED, "plain", BuildCompleted.class, any -> true);
        assertThat(event.getRun()).isEqualTo(1);
        assertThat(event.getAttempt()).isEqualTo(1);
        assertThat(event.getDryRun()).isTrue();
    }

    @Test
    void aTransientFailureIsTriedAgainUnderTheNextAttempt() {
        request(job("twice", "fail-once"));
        BuildCompleted event = await(Topics.BUILD_COMPLETED, "twice", BuildCompleted.class, any -> true);
        assertThat(event.getAttempt()).isEqualTo(2);
        assertThat(handler.attempts("twice")).isEqualTo(2);
    }

    @Test
    void aFinalFailureEndsTheRunAndARetryStartsTheNext() {
        request(job("bad", "fail"));
        JobFailed first = await(Topics.JOB_FAILED, "bad", JobFailed.class, failed -> failed.getRun() == 1);
        assertThat(first.getCause()).isEqualTo(FailureCause.USER);
        assertThat(first.getMessages()).containsExactly("this job always fails");
        control("bad", 1, ControlAction.RETRY);
        JobFailed second = await(Topics.JOB_FAILED, "bad", JobFailed.class, failed -> failed.getRun() == 2);
        assertThat(second.getAttempt()).isEqualTo(1);
    }

    @Test
    void aRunningJobIsCancelled() {
        request(job("stuck", "wait"));
        awaitTrue(() -> handler.attempts("stuck") == 1);
        control("stuck", 1, ControlAction.CANCEL);
        JobFailed failed = await(Topics.JOB_FAILED, "stuck", JobFailed.class, any -> true);
        assertThat(failed.getCause()).isEqualTo(FailureCause.CANCELLED);
    }

    @Test
    void anAttemptThatFinishesWhatSomebodyCancelledIsDone() {
        request(job("too-late", "finish-when-cancelled"));
        awaitTrue(() -> handler.standings().size() == 1);
        control("too-late", 1, ControlAction.CANCEL);

        BuildCompleted done = await(Topics.BUILD_COMPLETED, "too-late", BuildCompleted.class, any -> true);

        assertThat(done.getAttempt()).isEqualTo(1);
        assertThat(handler.standings()).containsExactly(Standing.HELD, Standing.CANCELLED);
    }

    @Test
    void aJobThatNoWorkerCouldTakeIsMeasuredAsUnschedulable() {
        TrainingJob job = job("picky", "");
        job.setRequires(new Requirements(List.of("tpu"), List.of(), List.of()));
        request(job);
        awaitTrue(() -> unschedulable() == 1);
        control("picky", 1, ControlAction.CANCEL);
        awaitTrue(() -> unschedulable() == 0);
    }

    private double unschedulable() {
        return meters.get("mlops.stage.unschedulable")
                .tag("stage", "build")
                .gauge()
                .value();
    }

    @Test
    void theSameIdWithOtherContentIsRejectedAndTheFirstUntouched() {
        request(job("same", ""));
        await(Topics.BUILD_COMPLETED, "same", BuildCompleted.class, any -> true);
        TrainingJob other = job("same", "");
        other.getRlConfig().setMaxSteps(77);
        request(other);
        JobRejected rejected = await(Topics.JOB_REJECTED, "same", JobRejected.class, any -> true);
        assertThat(rejected.getReason()).isEqualTo("duplicate");
        assertThat(rejected.getExistingContentHash()).isNotEqualTo(rejected.getContentHash());
        assertThat(handler.attempts("same")).isEqualTo(1);
    }

    @Test
    void nonsenseIsAnsweredWithEveryReason() {
        TrainingJob nonsense = job("nonsense", "");
        nonsense.setPriority(11);
        nonsense.getRlConfig().setTimeScale(500);
        request(nonsense);
        JobRejected rejected = await(Topics.JOB_REJECTED, "nonsense", JobRejected.class, any -> true);
        assertThat(rejected.getReason()).isEqualTo("invalid");
        assertThat(rejected.getProblems())
                .extracting(problem -> problem.getField())
                .contains("priority", "rl_config.time_scale");
    }

    private void request(TrainingJob job) {
        send(Topics.JOB_REQUESTED, job.getJobId(), Requests.of(job));
    }

    private void control(String jobId, int run, ControlAction action) {
        send(
                Topics.JOB_CONTROL,
                jobId,
                JobControl.newBuilder()
                        .setJobId(jobId)
                        .setRun(run)
                        .setAction(action)
                        .build());
    }

    private void send(TopicSpec topic, String key, SpecificRecord value) {
        var unused = producer.send(new ProducerRecord<>(topic.name(), key, value));
        producer.flush();
    }

    private <T extends SpecificRecord> T await(TopicSpec topic, String jobId, Class<T> type, Predicate<T> wanted) {
        try (Consumer<String, SpecificRecord> consumer = clients.consumer("reader", Map.of())) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.partitionsFor(topic.name())
                    .forEach(found -> partitions.add(new TopicPartition(topic.name(), found.partition())));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < end) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (jobId.equals(record.key()) && wanted.test(type.cast(record.value()))) {
                        return type.cast(record.value());
                    }
                }
            }
        }
        throw new AssertionError("no such record of " + jobId + " on " + topic.name());
    }

    private static void awaitTrue(java.util.function.BooleanSupplier condition) {
        org.awaitility.Awaitility.await().atMost(PATIENCE).until(condition::getAsBoolean);
    }
}
