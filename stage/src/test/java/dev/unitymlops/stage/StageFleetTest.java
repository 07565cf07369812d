package dev.unitymlops.stage;

import static dev.unitymlops.stage.Requests.job;
import static dev.unitymlops.stage.Requests.requiring;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.intake.Admission;
import dev.unitymlops.testkit.EachEventOnce;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Several instances of a stage's service on a real broker: roles, placement, drains, and deaths. */
@ExtendWith(PlatformExtension.class)
class StageFleetTest {

    private static final Map<String, String> WORKER = Map.of("worker.roles", "worker");
    private static final Map<String, String> COORDINATOR = Map.of("worker.roles", "coordinator");

    private TestPlatform platform;
    private Fleet fleet;

    @BeforeEach
    void start(TestPlatform shared, @TempDir Path folder) {
        platform = shared;
        fleet = new Fleet(shared, folder);
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void aKilledWorkersJobGoesToAnotherUnderTheNextAttempt() throws Exception {
        fleet.start(new DryBuilds(), COORDINATOR);
        Process doomed = fleet.startProcess(WORKER);
        fleet.request(job("orphan", "wait"));
        StageWork first = fleet.awaitPhase("orphan", WorkPhase.HELD, 1);
        doomed.destroyForcibly().waitFor();

        DryBuilds heir = new DryBuilds();
        heir.release();
        fleet.start(heir, WORKER);
        BuildCompleted event = fleet.awaitBuilt("orphan");
        assertThat(event.getAttempt()).isEqualTo(2);
        assertThat(heir.attempts("orphan")).isEqualTo(1);
        assertThat(fleet.awaitPhase("orphan", WorkPhase.HELD, 2).getWorker()).isNotEqualTo(first.getWorker());
    }

    /** The full one is the coordinator's own worker as well, and would have been given the job at once. */
    @Test
    void aWorkerWithoutSpaceTakesNoJobSaysSoAndStaysHealthy() throws Exception {
        DryBuilds none = new DryBuilds();
        RunningServices full = fleet.start(none, Map.of("worker.min-free", "900000TiB"));
        awaitPresence();
        try (TopicReader<WorkerPresence> presence = platform.reader(fleet.name(Topics.WORKERS))) {
            assertThat(presence.readToEnd())
                    .isNotEmpty()
                    .allSatisfy(said -> assertThat(said.value().getPaused())
                            .startsWith("no space left under ")
                            .contains("worker.min-free is 900000TiB"));
        }
        await().atMost(Fleet.PATIENCE).until(() -> full.health().reason().startsWith("no space left under "));
        assertThat(full.health().status()).isEqualTo(Health.Status.DEGRADED);
        fleet.request(job("waits", ""));
        fleet.awaitPhase("waits", WorkPhase.QUEUED, 0);

        DryBuilds roomy = new DryBuilds();
        fleet.start(roomy, WORKER);
        fleet.awaitBuilt("waits");
        assertThat(roomy.attempts("waits")).isEqualTo(1);
        assertThat(none.attempts("waits")).isZero();
    }

    @Test
    void jobsOutliveAKilledInstanceAndEachEndsOnce() throws Exception {
        Process doomed = fleet.startProcess(Map.of("worker.slots", "4"));
        List<String> jobs = IntStream.range(0, 8).mapToObj(i -> "job-" + i).toList();
        awaitPresence();
        jobs.forEach(id -> fleet.request(job(id, "wait")));
        fleet.awaitPhase("job-0", WorkPhase.HELD, 1);

        DryBuilds survivor = new DryBuilds();
        survivor.release();
        fleet.start(survivor, Map.of("worker.slots", "8"));
        doomed.destroyForcibly().waitFor();
        jobs.forEach(fleet::awaitBuilt);
        TopicReader<BuildCompleted> events = fleet.reader(Topics.BUILD_COMPLETED);
        new EachEventOnce().assertKept(events.readToEnd());
        assertThat(events.records()).hasSize(jobs.size());
    }

    @Test
    void anInstanceThatClosesHandsItsPartitionsOverAtOnce() throws Exception {
        // With this session time the test is over before the group would find out by itself.
        Map<String, String> slowToNotice =
                Map.of("kafka.consumer.session.timeout.ms", "300000", "kafka.consumer.heartbeat.interval.ms", "1000");
        RunningServices leaves = fleet.start(new DryBuilds(), slowToNotice);
        fleet.start(new DryBuilds(), slowToNotice);
        fleet.request(job("before", ""));
        fleet.awaitBuilt("before");
        leaves.close();
        List<String> jobs = IntStream.range(0, 6).mapToObj(i -> "after-" + i).toList();
        jobs.forEach(id -> fleet.request(job(id, "")));
        jobs.forEach(fleet::awaitBuilt);
    }

    @Test
    void aDrainedWorkersJobGoesOnElsewhereAndNoAttemptIsUsed() throws Exception {
        DryBuilds drained = new DryBuilds();
        DryBuilds next = new DryBuilds();
        next.release();
        fleet.start(new DryBuilds(), COORDINATOR);
        Map<String, String> impatient = new HashMap<>(WORKER);
        impatient.put("service.drain-timeout", "1ms");
        RunningServices leaves = fleet.start(drained, impatient);
        fleet.request(job("moved", "wait"));
        await().atMost(Fleet.PATIENCE).until(() -> drained.attempts("moved") == 1);
        fleet.start(next, WORKER);
        leaves.drain();
        leaves.close();
        assertThat(fleet.awaitBuilt("moved").getAttempt()).isEqualTo(2);
        assertThat(fleet.awaitPhase("moved", WorkPhase.HELD, 2).getAttemptsUsed())
                .isZero();
    }

    @Test
    void garbageGoesToTheDeadLettersAndThePipelineGoesOn() throws Exception {
        fleet.start(new DryBuilds(), Map.of());
        for (TopicSpec topic : List.of(
                Topics.JOB_REQUESTED, Topics.JOB_CONTROL, Topics.BUILD_COMMANDS, Topics.BUILD_WORK, Topics.WORKERS)) {
            sendBytes(topic, "garbage on " + topic.name());
        }
        fleet.request(job("sane", ""));
        fleet.awaitBuilt("sane");
        for (TopicSpec topic : List.of(Topics.JOB_REQUESTED, Topics.JOB_CONTROL, Topics.BUILD_COMMANDS)) {
            assertThat(awaitBytes(topic.deadLetters())).isEqualTo("garbage on " + topic.name());
        }
    }

    @Test
    void intakeWaitsWhileTheArtifactStoreCannotBeAsked() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Admission awayAtFirst = (job, contentHash) -> {
            if (asked.incrementAndGet() <= 2) {
                throw new IOException("the bucket does not answer");
            }
            return Optional.empty();
        };
        fleet.start(new DryBuilds(), awayAtFirst, Map.of());
        fleet.request(job("patient", ""));
        fleet.awaitBuilt("patient");
        assertThat(asked).hasValue(3);
        assertThat(fleet.<JobRejected>reader(Topics.JOB_REJECTED).readToEnd()).isEmpty();
    }

    @Test
    void aCoordinatorAloneQueuesAndAWorkerAloneWorks() throws Exception {
        DryBuilds coordinates = new DryBuilds();
        DryBuilds works = new DryBuilds();
        fleet.start(coordinates, COORDINATOR);
        fleet.request(job("two-roles", ""));
        fleet.awaitPhase("two-roles", WorkPhase.QUEUED, 0);
        fleet.start(works, WORKER);
        assertThat(fleet.awaitBuilt("two-roles").getAttempt()).isEqualTo(1);
        assertThat(works.attempts("two-roles")).isEqualTo(1);
        assertThat(coordinates.attempts("two-roles")).isZero();
    }

    @Test
    void theMostUrgentFittingJobComesFirst() throws Exception {
        DryBuilds oneSlot = new DryBuilds();
        fleet.start(oneSlot, Map.of("worker.labels", "gpu"));
        fleet.request(job("blocks", "wait-and-look"));
        await().atMost(Fleet.PATIENCE).until(() -> oneSlot.attempts("blocks") == 1);
        fleet.request(withPriority(job("low", ""), 1));
        fleet.request(withPriority(job("high", ""), 9));
        fleet.request(requiring(withPriority(job("elsewhere", ""), 9), "gpu", "unity-6"));
        for (String queued : List.of("low", "high", "elsewhere")) {
            fleet.awaitPhase(queued, WorkPhase.QUEUED, 0);
        }
        oneSlot.release();
        fleet.awaitBuilt("low");
        assertThat(oneSlot.order()).containsExactly("blocks", "high", "low");

        DryBuilds fits = new DryBuilds();
        fleet.start(fits, Map.of("worker.roles", "worker", "worker.labels", "gpu,unity-6"));
        fleet.awaitBuilt("elsewhere");
        assertThat(fits.order()).containsExactly("elsewhere");
    }

    @Test
    void moreWorkersThanPartitionsAllWork() throws Exception {
        List<DryBuilds> handlers = List.of(new DryBuilds(), new DryBuilds(), new DryBuilds());
        fleet.start(handlers.getFirst(), Map.of("topics.partitions", "1"));
        for (DryBuilds more : handlers.subList(1, 3)) {
            fleet.start(more, Map.of("worker.roles", "worker", "topics.partitions", "1"));
        }
        List<String> jobs = List.of("a", "b", "c");
        jobs.forEach(id -> fleet.request(job(id, "wait")));
        await().atMost(Fleet.PATIENCE)
                .until(() ->
                        handlers.stream().allMatch(handler -> handler.order().size() == 1));
        handlers.forEach(DryBuilds::release);
        jobs.forEach(fleet::awaitBuilt);
    }

    @Test
    void aWaitingJobIsCancelledWithoutAWorker() throws Exception {
        fleet.start(new DryBuilds(), COORDINATOR);
        fleet.request(job("unwanted", ""));
        fleet.awaitPhase("unwanted", WorkPhase.QUEUED, 0);
        fleet.cancel("unwanted");
        assertThat(fleet.awaitFailed("unwanted").getCause()).isEqualTo(FailureCause.CANCELLED);
        TopicReader<JobProgress> progress = fleet.reader(Topics.JOB_PROGRESS);
        assertThat(progress.readToEnd())
                .extracting(record -> record.value().getPhase())
                .containsExactly("accepted");
    }

    /** The topics come with the first instance. */
    private void awaitPresence() {
        await().atMost(Fleet.PATIENCE).until(() -> {
            try (TopicReader<WorkerPresence> presence = platform.reader(fleet.name(Topics.WORKERS))) {
                return !presence.readToEnd().isEmpty();
            }
        });
    }

    private static TrainingJob withPriority(TrainingJob job, int priority) {
        job.setPriority(priority);
        return job;
    }

    private void sendBytes(TopicSpec topic, String text) throws Exception {
        try (KafkaProducer<byte[], byte[]> raw =
                new KafkaProducer<>(platform.clientConfig(), new ByteArraySerializer(), new ByteArraySerializer())) {
            raw.send(new ProducerRecord<>(
                            fleet.name(topic),
                            "key".getBytes(StandardCharsets.UTF_8),
                            text.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private String awaitBytes(TopicSpec topic) {
        Map<String, Object> config = platform.clientConfig();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.GROUP_ID_CONFIG, fleet.name(topic) + "-test");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(fleet.name(topic)));
            return await().atMost(Fleet.PATIENCE)
                    .until(
                            () -> {
                                var records = consumer.poll(Duration.ofMillis(100));
                                return records.isEmpty()
                                        ? ""
                                        : new String(records.iterator().next().value(), StandardCharsets.UTF_8);
                            },
                            text -> !text.isEmpty());
        }
    }
}
