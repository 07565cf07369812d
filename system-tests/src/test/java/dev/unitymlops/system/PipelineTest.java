package dev.unitymlops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.runtime.EventHeaders;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.TraceParent;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.EachEventOnce;
import dev.unitymlops.testkit.InOrderPerKey;
import dev.unitymlops.testkit.OneEndPerRun;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a producer asks for and what a plain consumer reads, with all three services between them. */
@ExtendWith(PlatformExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final TopicSpec[] LINE = {
        Topics.JOB_REQUESTED, Topics.BUILD_COMPLETED, Topics.TRAINING_COMPLETED, Topics.MODEL_REGISTERED
    };

    private final SplittableRandom random = new SplittableRandom(1);
    private Pipeline pipeline;
    private RunningServices services;

    @BeforeAll
    void start(TestPlatform platform, @TempDir Path folder) throws Exception {
        pipeline = new Pipeline(platform, folder);
        services = pipeline.startInThisJvm(4);
    }

    @AfterAll
    void stop() {
        pipeline.close();
        services.close();
    }

    @Test
    void everyEventOfAJobIsReadOnceAndInOrder() throws Exception {
        for (int i = 0; i < 5; i++) {
            request(JobFiles.dry("in-order-" + i));
        }
        try (TopicReader<SpecificRecord> reader = pipeline.reader(
                Topics.JOB_REQUESTED,
                Topics.BUILD_COMPLETED,
                Topics.TRAINING_COMPLETED,
                Topics.MODEL_REGISTERED,
                Topics.JOB_FAILED)) {
            for (int i = 0; i < 5; i++) {
                awaitEnd(reader, "in-order-" + i);
            }
            var records = ofJobs(reader.readToEnd(), "in-order-");
            assertThat(records).hasSize(5 * LINE.length);
            new EachEventOnce().assertKept(records);
            InOrderPerKey.of(pipeline.prefix()).assertKept(records);
            OneEndPerRun.of(pipeline.prefix()).assertKept(records);
        }
    }

    @Test
    void everyEventIsACloudEventOfTheSameTrace() throws Exception {
        TraceParent trace = TraceParent.begin(random);
        pipeline.request(JobFiles.dry("traced"), trace);
        TrainingJob nonsense = JobFiles.dry("traced-nonsense");
        nonsense.getRlConfig().setNumEnvs(0);
        pipeline.request(nonsense, trace);
        try (TopicReader<SpecificRecord> reader = pipeline.reader(
                        Topics.JOB_REQUESTED,
                        Topics.BUILD_COMPLETED,
                        Topics.TRAINING_COMPLETED,
                        Topics.MODEL_REGISTERED,
                        Topics.JOB_PROGRESS,
                        Topics.JOB_REJECTED);
                CloudEventDeserializer foreign = new CloudEventDeserializer()) {
            awaitEnd(reader, "traced");
            reader.await(
                    "a rejection",
                    all -> !of(all, Topics.JOB_REJECTED, "traced-nonsense").isEmpty(),
                    PATIENCE);
            var records = ofJobs(reader.readToEnd(), "traced");
            assertThat(records).extracting(ConsumerRecord::topic).contains(pipeline.topic(Topics.JOB_PROGRESS));
            for (ConsumerRecord<String, SpecificRecord> record : records) {
                CloudEvent event = foreign.deserialize(record.topic(), record.headers(), new byte[] {0});
                String topic = record.topic().substring(pipeline.prefix().length());
                assertThat(event.getType()).isEqualTo("dev.unitymlops." + topic);
                assertThat(event.getSubject()).isEqualTo(record.key());
                assertThat(event.getId()).startsWith(topic + "/" + record.key() + "/1/");
                assertThat(event.getSource()).isNotEqualTo(URI.create(""));
                assertThat(event.getDataContentType()).isEqualTo("application/avro");
                assertThat(event.getTime()).isNotNull();
                assertThat(TraceParent.parse(EventHeaders.traceparent(record.headers())))
                        .as("traceparent on " + topic)
                        .hasValueSatisfying(it -> assertThat(it.traceId()).isEqualTo(trace.traceId()));
            }
            assertThat(records)
                    .extracting(record -> foreign.deserialize(record.topic(), record.headers(), new byte[] {0})
                            .getId())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void nonsenseIsAnsweredWithEveryReason() throws Exception {
        TrainingJob nonsense = JobFiles.dry("nonsense");
        nonsense.getRlConfig().setNumEnvs(0);
        nonsense.getRlConfig().setTimeScale(500);
        nonsense.getAssetSpec().setName("no identifier!");
        request(nonsense);
        JobRejected rejected = awaitRejection("nonsense");
        assertThat(rejected.getReason()).isEqualTo("invalid");
        assertThat(rejected.getProblems())
                .extracting(Problem::getField)
                .containsExactlyInAnyOrder("rl_config.num_envs", "rl_config.time_scale", "asset_spec.name");
        assertThat(rejected.getProblems()).allSatisfy(problem -> {
            assertThat(problem.getMessage()).isNotBlank();
            assertThat(problem.getRemedy()).isNotBlank();
        });
        assertThat(pipeline.artifacts("nonsense")).doesNotExist();
    }

    @Test
    void theSameJobTwiceRunsOnce() throws Exception {
        request(JobFiles.dry("twice"));
        request(JobFiles.dry("twice"));
        try (TopicReader<SpecificRecord> reader = pipeline.reader(
                Topics.BUILD_COMPLETED,
                Topics.TRAINING_COMPLETED,
                Topics.MODEL_REGISTERED,
                Topics.JOB_PROGRESS,
                Topics.JOB_REJECTED)) {
            awaitEnd(reader, "twice");
            reader.await(
                    "to be told of the duplicate",
                    all -> of(all, Topics.JOB_PROGRESS, "twice").stream()
                            .anyMatch(
                                    it -> ((JobProgress) it.value()).getPhase().equals("duplicate")),
                    PATIENCE);
            // after its end too
            request(JobFiles.dry("twice"));
            reader.await(
                    "to be told again",
                    all -> of(all, Topics.JOB_PROGRESS, "twice").stream()
                                    .filter(it -> ((JobProgress) it.value())
                                            .getPhase()
                                            .equals("duplicate"))
                                    .count()
                            == 2,
                    PATIENCE);
            var records = reader.readToEnd();
            assertThat(of(records, Topics.BUILD_COMPLETED, "twice")).hasSize(1);
            assertThat(of(records, Topics.MODEL_REGISTERED, "twice")).hasSize(1);
            assertThat(of(records, Topics.JOB_REJECTED, "twice")).isEmpty();
        }
    }

    @Test
    void theSameIdWithOtherContentIsRefused() throws Exception {
        request(JobFiles.dry("changed"));
        try (TopicReader<SpecificRecord> reader =
                pipeline.reader(Topics.BUILD_COMPLETED, Topics.MODEL_REGISTERED, Topics.JOB_FAILED)) {
            awaitEnd(reader, "changed");
            TrainingJob other = JobFiles.dry("changed");
            other.getRlConfig().setMaxSteps(77_777);
            request(other);
            JobRejected rejected = awaitRejection("changed");
            assertThat(rejected.getExistingContentHash()).isNotNull().isNotEqualTo(rejected.getContentHash());
            assertThat(ofJobs(reader.readToEnd(), "changed")).hasSize(2);
        }
    }

    private void request(TrainingJob job) throws Exception {
        pipeline.request(job, TraceParent.begin(random));
    }

    private void awaitEnd(TopicReader<SpecificRecord> reader, String jobId) {
        reader.await(
                "the end of " + jobId,
                all -> !of(all, Topics.MODEL_REGISTERED, jobId).isEmpty(),
                PATIENCE);
    }

    private JobRejected awaitRejection(String jobId) {
        try (TopicReader<JobRejected> reader = pipeline.reader(Topics.JOB_REJECTED)) {
            return reader.await("a rejection", all -> !ofJobs(all, jobId).isEmpty(), PATIENCE).stream()
                    .filter(it -> it.key().equals(jobId))
                    .findFirst()
                    .orElseThrow()
                    .value();
        }
    }

    private static <V> List<ConsumerRecord<String, V>> ofJobs(List<ConsumerRecord<String, V>> records, String start) {
        return records.stream().filter(it -> it.key().startsWith(start)).toList();
    }

    private <V> List<ConsumerRecord<String, V>> of(
            List<ConsumerRecord<String, V>> records, TopicSpec topic, String jobId) {
        return records.stream()
                .filter(it ->
                        it.topic().equals(pipeline.topic(topic)) && it.key().equals(jobId))
                .toList();
    }
}
