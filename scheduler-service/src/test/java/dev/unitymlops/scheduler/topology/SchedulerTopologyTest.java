package dev.unitymlops.scheduler.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.BuildFacts;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobPlace;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.Overlap;
import dev.unitymlops.events.ScheduleAction;
import dev.unitymlops.events.ScheduleControl;
import dev.unitymlops.events.ScheduleTick;
import dev.unitymlops.events.ScheduledJob;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.TrainingFacts;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.runtime.streams.GiveUp;
import dev.unitymlops.runtime.streams.PollBatch;
import dev.unitymlops.scheduler.Definitions;
import dev.unitymlops.scheduler.SchedulerConfig;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole topology in Kafka's test driver: topics, keys, headers, dead letters, metrics. */
class SchedulerTopologyTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:30Z");
    private static final String JOB = "nightly-agent-20261121T100100Z";

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final SettableClock clock = SettableClock.at(START);
    private final SchedulerConfig config = Settings.of(
                    Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "mock://scheduler"))
            .read(SchedulerConfig::from);
    private final KafkaClients clients = new KafkaClients(config.kafka());
    private final Topology topology =
            SchedulerParts.topology(config, clients, new CountTicks(metrics), clock, () -> () -> true, new PollBatch());
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        Properties streams = new Properties();
        streams.put(StreamsConfig.APPLICATION_ID_CONFIG, "scheduler-service");
        streams.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        streams.putAll(GiveUp.config(SchedulerTopology.WITH_DEAD_LETTERS, TopicSpec::name, metrics));
        driver = new TopologyTestDriver(topology, streams, START);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void itsShapeIsAsDrawn() throws IOException {
        try (InputStream drawn = getClass().getResourceAsStream("scheduler-topology.txt")) {
            assertThat(topology.describe().toString())
                    .as("names are part of the changelogs' names and of who reads what: a change loses every schedule")
                    .isEqualToNormalizingWhitespace(new String(drawn.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatATickTellsBelongsTogether() {
        write(
                Topics.TRAINING_SCHEDULES,
                "nightly",
                Definitions.minutely("nightly").build());
        advance(Duration.ofSeconds(31));

        TestRecord<String, ScheduleTick> tick =
                this.<ScheduleTick>read(Topics.SCHEDULE_TICKS).getFirst();
        TestRecord<String, JobRequested> request =
                this.<JobRequested>read(Topics.JOB_REQUESTED).getFirst();
        assertThat(tick.key()).isEqualTo("nightly");
        assertThat(header(tick, "ce_id")).isEqualTo("schedule-ticks/nightly/2026-11-21T10:01:00Z");
        assertThat(header(tick, "ce_type")).isEqualTo("dev.unitymlops.schedule-ticks");
        assertThat(header(tick, "ce_source")).isEqualTo("/scheduler-service");
        assertThat(header(tick, "ce_subject")).isEqualTo("nightly");
        assertThat(request.key()).isEqualTo(JOB);
        assertThat(header(request, "ce_id")).isEqualTo("job-requested/" + JOB + "/1/0");
        assertThat(header(request, "ce_subject")).isEqualTo(JOB);
        String trace = header(tick, "traceparent").substring(0, 36);
        assertThat(header(request, "traceparent"))
                .as("one trace, a span of its own")
                .startsWith(trace)
                .isNotEqualTo(header(tick, "traceparent"));
        assertThat(metrics.get("mlops.scheduler.ticks")
                        .tag("decision", "fired")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(metrics.get("mlops.scheduler.places.taken").gauge().value()).isEqualTo(1);
    }

    @Test
    void aCancellationGoesToJobControl() {
        write(
                Topics.TRAINING_SCHEDULES,
                "nightly",
                Definitions.minutely("nightly")
                        .setOverlap(Overlap.CANCEL_RUNNING)
                        .build());
        advance(Duration.ofSeconds(31));
        advance(Duration.ofSeconds(60));
        assertThat(this.<JobControl>read(Topics.JOB_CONTROL)).singleElement().satisfies(cancel -> {
            assertThat(cancel.key()).isEqualTo(JOB);
            assertThat(header(cancel, "ce_id"))
                    .isEqualTo("job-control/" + JOB + "/1/0/cancel/nightly/2026-11-21T10:02:00Z");
        });
    }

    @Test
    void whatTakesOrFreesAPlaceIsPassedOn() {
        TrainingJob job = TrainingJob.newBuilder(Definitions.jobs("agent").getFirst())
                .setJobId("ours")
                .setScheduleId("nightly")
                .build();
        write(Topics.MODEL_REGISTERED, "ours", registered(job));
        write(
                Topics.MODEL_REGISTERED,
                "theirs",
                registered(TrainingJob.newBuilder(job).setScheduleId(null).build()));
        write(Topics.JOB_FAILED, "ours", failed("ours", "nightly", 2));
        write(Topics.JOB_FAILED, "theirs", failed("theirs", null, 1));
        write(Topics.JOB_REJECTED, "ours", rejected("ours", "scheduler"));
        write(Topics.JOB_REJECTED, "theirs", rejected("theirs", "cli"));
        write(Topics.JOB_PROGRESS, "ours", progress("ours", 3, "accepted"));
        write(Topics.JOB_PROGRESS, "ours", progress("ours", 1, "accepted"));
        write(Topics.JOB_PROGRESS, "ours", progress("ours", 3, "training"));

        assertThat(this.<ScheduledJob>read(Topics.SCHEDULED_JOBS))
                .extracting(record -> record.value())
                .containsExactly(
                        new ScheduledJob("ours", "nightly", 1, JobPlace.FREED, "model-registered"),
                        new ScheduledJob("ours", "nightly", 2, JobPlace.FREED, "job-failed"),
                        new ScheduledJob("ours", null, 1, JobPlace.FREED, "job-rejected"),
                        new ScheduledJob("ours", "nightly", 3, JobPlace.TAKEN, "job-progress"));
    }

    @Test
    void aTombstoneRemovesAScheduleAndOnlyOnItsOwnTopic() {
        write(
                Topics.TRAINING_SCHEDULES,
                "nightly",
                Definitions.minutely("nightly").build());
        write(Topics.SCHEDULE_CONTROL, "nightly", null);
        advance(Duration.ofSeconds(31));
        write(Topics.TRAINING_SCHEDULES, "nightly", null);
        advance(Duration.ofSeconds(60));
        assertThat(this.<ScheduleTick>read(Topics.SCHEDULE_TICKS)).hasSize(1);
        assertThat(deadLetters(Topics.SCHEDULE_CONTROL)).hasSize(1);
    }

    @Test
    void whatCannotBeReadOrMakesNoSenseGoesToItsDeadLettersAndTheRestGoesOn() {
        bytes(Topics.TRAINING_SCHEDULES, "garbage");
        bytes(Topics.JOB_FAILED, "garbage");
        write(
                Topics.TRAINING_SCHEDULES,
                "other",
                Definitions.minutely("nightly").build());
        write(
                Topics.TRAINING_SCHEDULES,
                "never",
                Definitions.minutely("never").setCronExpression("often").build());
        write(Topics.TRAINING_SCHEDULES, "x", progress("x", 1, "accepted"));
        write(
                Topics.SCHEDULE_CONTROL,
                "nightly",
                new ScheduleControl("nightly", ScheduleAction.UNKNOWN, "0123abcd", "", START));
        write(
                Topics.TRAINING_SCHEDULES,
                "nightly",
                Definitions.minutely("nightly").build());
        advance(Duration.ofSeconds(31));

        assertThat(deadLetters(Topics.TRAINING_SCHEDULES))
                .extracting(letter -> header(letter, "dead-letter.message"))
                .hasSize(4)
                .contains("its key is not its schedule_id", "it is no event of this topic");
        assertThat(deadLetters(Topics.SCHEDULE_CONTROL)).singleElement().satisfies(letter -> {
            assertThat(header(letter, "dead-letter.topic")).isEqualTo("schedule-control");
            assertThat(header(letter, "dead-letter.offset")).isEqualTo("0");
            assertThat(header(letter, "dead-letter.exception")).isNotBlank();
        });
        assertThat(metrics.get("mlops.dead.letters")
                        .tag("topic", "job-failed")
                        .counter()
                        .count())
                .as("has no dead letters of ours, and is counted")
                .isEqualTo(1);
        assertThat(this.<ScheduleTick>read(Topics.SCHEDULE_TICKS)).hasSize(1);
    }

    private void advance(Duration by) {
        clock.advance(by);
        driver.advanceWallClockTime(by);
    }

    private void write(TopicSpec topic, String key, SpecificRecord value) {
        driver.createInputTopic(topic.name(), new StringSerializer(), clients.serializer())
                .pipeInput(key, value, clock.instant());
    }

    private void bytes(TopicSpec topic, String value) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput("key", value.getBytes(StandardCharsets.UTF_8), clock.instant());
    }

    private <V extends SpecificRecord> List<TestRecord<String, V>> read(TopicSpec topic) {
        return driver.<String, V>createOutputTopic(topic.name(), new StringDeserializer(), clients.deserializer())
                .readRecordsToList();
    }

    private List<TestRecord<byte[], byte[]>> deadLetters(TopicSpec topic) {
        return driver.createOutputTopic(
                        topic.deadLetters().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private static String header(TestRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static ModelRegistered registered(TrainingJob job) {
        return ModelRegistered.newBuilder()
                .setJobId(job.getJobId())
                .setRun(1)
                .setAttempt(1)
                .setContentHash("")
                .setDryRun(true)
                .setStartedAt(START)
                .setCompletedAt(START)
                .setArtifacts("")
                .setJob(job)
                .setBuild(BuildFacts.newBuilder()
                        .setRun(1)
                        .setAttempt(1)
                        .setArtifacts("")
                        .setBehaviourOrigin("template")
                        .build())
                .setTraining(TrainingFacts.newBuilder()
                        .setRun(1)
                        .setAttempt(1)
                        .setArtifacts("")
                        .setSeed(1)
                        .build())
                .setRegistry("none")
                .build();
    }

    private static JobFailed failed(String jobId, String scheduleId, int run) {
        return JobFailed.newBuilder()
                .setJobId(jobId)
                .setRun(run)
                .setStage(Stage.TRAIN)
                .setAttempt(1)
                .setContentHash("")
                .setDryRun(true)
                .setCause(FailureCause.USER)
                .setMessages(List.of())
                .setScheduleId(scheduleId)
                .setFailedAt(START)
                .build();
    }

    private static JobRejected rejected(String jobId, String requestedBy) {
        return JobRejected.newBuilder()
                .setJobId(jobId)
                .setStage(Stage.BUILD)
                .setReason("duplicate")
                .setRequestedBy(requestedBy)
                .setRejectedAt(START)
                .build();
    }

    private static JobProgress progress(String jobId, int run, String phase) {
        return JobProgress.newBuilder()
                .setJobId(jobId)
                .setRun(run)
                .setStage(Stage.BUILD)
                .setAttempt(0)
                .setPhase(phase)
                .setAt(START)
                .setScheduleId("nightly")
                .build();
    }
}
