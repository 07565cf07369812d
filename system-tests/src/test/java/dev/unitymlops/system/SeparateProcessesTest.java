package dev.unitymlops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.runtime.TraceParent;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.EachEventOnce;
import dev.unitymlops.testkit.OneEndPerRun;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The services as they are shipped: one process each, two trainers, nothing between them but Kafka and a registry. */
@ExtendWith(PlatformExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeparateProcessesTest {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern SAMPLE =
            Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{.*})? (NaN|[+-]?(Inf|[0-9.eE+-]+))");

    /** A lease in seconds instead of half a minute, and Kafka's own timeouts below it. */
    private static final Map<String, String> IMPATIENT = Map.of(
            "worker.lease", "8s",
            "kafka.session.timeout.ms", "6000",
            "kafka.heartbeat.interval.ms", "1500",
            "kafka.streams.transaction.timeout.ms", "5000");

    private final Map<String, RunningJar> services = new LinkedHashMap<>();
    private Pipeline pipeline;
    private Path folder;

    @BeforeAll
    void start(TestPlatform platform, @TempDir Path folder) throws Exception {
        this.folder = folder;
        pipeline = new Pipeline(platform, folder);
        start("build-service", "build-1");
        start("train-service", "train-1");
        start("train-service", "train-2");
        start("registry-service", "registry-1");
        services.values().forEach(service -> service.awaitReady(START));
    }

    @AfterAll
    void stop() {
        pipeline.close();
        services.values().forEach(RunningJar::close);
    }

    @Test
    void aDryJobGoesThrough() throws Exception {
        request(JobFiles.dry("dry"));
        assertThat(awaitEnd("dry").getDryRun()).isTrue();
    }

    @Test
    void aRealJobGoesThroughAndItsModelIsTheOneThatTheEventNames() throws Exception {
        request(JobFiles.quick("own-commands"));
        ModelRegistered end = awaitEnd("own-commands");
        assertThat(end.getDryRun()).isFalse();
        assertThat(end.getModels())
                .hasSize(1)
                .allSatisfy(model -> assertThat(sha256(model.getUri())).isEqualTo(model.getSha256()));
    }

    @Test
    void anotherTrainerFinishesTheJobOfAKilledOne() throws Exception {
        Path started = folder.resolve("started");
        request(JobFiles.stuckAtFirst("survivor", started));
        Awaitility.await("the training").atMost(PATIENCE).until(() -> Files.exists(started));
        long training = Long.parseLong(Files.readString(started));
        String name = trainerOf("survivor");
        RunningJar victim = services.get(name);
        assertThat(victim.tree()).extracting(ProcessHandle::pid).contains(training);
        List<ProcessHandle> tree = victim.tree();

        victim.kill();

        Awaitility.await("the end of what the killed trainer had started")
                .atMost(Duration.ofMinutes(3))
                .until(() -> tree.stream().noneMatch(ProcessHandle::isAlive));
        awaitEnd("survivor");
        try (TopicReader<SpecificRecord> reader = pipeline.reader(
                Topics.BUILD_COMPLETED, Topics.TRAINING_COMPLETED, Topics.MODEL_REGISTERED, Topics.JOB_FAILED)) {
            var records = reader.readToEnd().stream()
                    .filter(it -> it.key().equals("survivor"))
                    .toList();
            new EachEventOnce().assertKept(records);
            OneEndPerRun.of(pipeline.prefix()).assertKept(records);
            assertThat(records)
                    .extracting(it -> it.value())
                    .filteredOn(TrainingCompleted.class::isInstance)
                    .singleElement()
                    .satisfies(it ->
                            assertThat(((TrainingCompleted) it).getAttempt()).isEqualTo(2));
        }
        // as an orchestrator does, and so that every test finds two
        start("train-service", name).awaitReady(START);
    }

    @Test
    void everyServiceTellsItsHealthAndItsMetrics() throws Exception {
        request(JobFiles.dry("measured"));
        awaitEnd("measured");
        for (Map.Entry<String, RunningJar> service : services.entrySet()) {
            RunningJar running = service.getValue();
            Awaitility.await(service.getKey() + " is healthy")
                    .atMost(PATIENCE)
                    .until(() -> running.get("/health").statusCode() == 200);
            assertThat(running.get("/health").body()).contains("\"components\"");
            assertThat(running.get("/live").statusCode()).isEqualTo(200);
            assertThat(samples(running))
                    .isNotEmpty()
                    .allMatch(line -> SAMPLE.matcher(line).matches());
            assertThat(names(running)).contains("mlops_stage_jobs", "mlops_stage_oldest_waiting_seconds");
        }
        // only who did something counts it: either trainer may have been the one
        assertThat(names(services.get("build-1")))
                .contains("mlops_stage_decisions_total", "mlops_stage_attempts_seconds_count");
    }

    private static List<String> samples(RunningJar service) throws Exception {
        return service.get("/metrics")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private static List<String> names(RunningJar service) throws Exception {
        return samples(service).stream().map(line -> line.split("[{ ]", 2)[0]).toList();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aSignalEndsThemInOrderAndLeavesNoProcess() throws Exception {
        List<ProcessHandle> all =
                services.values().stream().flatMap(it -> it.tree().stream()).toList();
        for (RunningJar service : services.values()) {
            assertThat(service.stop(PATIENCE)).isZero();
        }
        assertThat(all).noneMatch(ProcessHandle::isAlive);
    }

    private RunningJar start(String module, String name) throws Exception {
        Map<String, String> settings = pipeline.settings();
        settings.putAll(IMPATIENT);
        settings.put("work.dir", folder.resolve("work").resolve(name).toString());
        RunningJar started = RunningJar.start(module, name, settings, folder);
        services.put(name, started);
        return started;
    }

    /** The instance whose worker says that it runs the job. */
    private String trainerOf(String jobId) {
        try (TopicReader<WorkerPresence> reader = pipeline.reader(Topics.WORKERS)) {
            long pid = reader
                    .await(
                            "a worker that runs " + jobId,
                            all -> all.stream().anyMatch(it -> runs(it.value(), jobId)),
                            PATIENCE)
                    .stream()
                    .filter(it -> runs(it.value(), jobId))
                    .findFirst()
                    .orElseThrow()
                    .value()
                    .getPid();
            return services.entrySet().stream()
                    .filter(it -> it.getValue().pid() == pid)
                    .findFirst()
                    .orElseThrow()
                    .getKey();
        }
    }

    private static boolean runs(WorkerPresence presence, String jobId) {
        return presence != null
                && presence.getStage() == Stage.TRAIN
                && presence.getRunning().stream().anyMatch(it -> it.getJobId().equals(jobId));
    }

    private void request(TrainingJob job) throws Exception {
        pipeline.request(
                job, TraceParent.begin(new SplittableRandom(job.getJobId().hashCode())));
    }

    private ModelRegistered awaitEnd(String jobId) {
        try (TopicReader<ModelRegistered> reader = pipeline.reader(Topics.MODEL_REGISTERED)) {
            return reader
                    .await(
                            "the end of " + jobId,
                            all -> all.stream().anyMatch(it -> it.key().equals(jobId)),
                            PATIENCE)
                    .stream()
                    .filter(it -> it.key().equals(jobId))
                    .findFirst()
                    .orElseThrow()
                    .value();
        }
    }

    private static String sha256(String uri) throws Exception {
        Path file = uri.startsWith("file:") ? Path.of(URI.create(uri)) : Path.of(uri);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
