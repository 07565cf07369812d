package dev.unitymlops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.ControlAction;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.TraceParent;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.EachEventOnce;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Cancel and retry as events on {@code job-control}, with programs of a job's own at work; one slot a stage. */
@ExtendWith(PlatformExtension.class)
class ControlTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final TestPlatform platform;
    private Pipeline pipeline;
    private RunningServices services;
    private TopicReader<SpecificRecord> reader;

    @TempDir
    Path folder;

    ControlTest(TestPlatform platform) {
        this.platform = platform;
    }

    @BeforeEach
    void start() throws Exception {
        pipeline = new Pipeline(platform, folder);
        services = pipeline.startInThisJvm(1);
        reader = pipeline.reader(
                Topics.BUILD_COMPLETED, Topics.TRAINING_COMPLETED, Topics.MODEL_REGISTERED, Topics.JOB_FAILED);
    }

    @AfterEach
    void stop() {
        reader.close();
        services.close();
        pipeline.close();
    }

    @Test
    void aRunningTrainingIsStoppedAndAQueuedOneLeavesTheQueue() throws Exception {
        long training = startOneThatIsStuck("running");
        request("queued");
        await(BuildCompleted.class, "queued");

        control("queued", ControlAction.CANCEL);
        JobFailed queued = cancelled("queued");
        assertThat(queued.getAttempt()).as("it never began").isZero();

        control("running", ControlAction.CANCEL);
        JobFailed running = cancelled("running");
        assertThat(running.getAttempt()).isEqualTo(1);
        assertThat(ProcessHandle.of(training)).isEmpty();
    }

    @Test
    void aRetryBeginsAtTheStageThatFailed() throws Exception {
        startOneThatIsStuck("again");
        control("again", ControlAction.CANCEL);
        assertThat(cancelled("again").getStage()).isEqualTo(Stage.TRAIN);

        control("again", ControlAction.RETRY);
        assertThat(await(ModelRegistered.class, "again").getRun()).isEqualTo(2);
        var records = reader.readToEnd();
        new EachEventOnce().assertKept(records);
        assertThat(records)
                .filteredOn(it -> it.topic().equals(pipeline.topic(Topics.BUILD_COMPLETED)))
                .as("the build is not repeated")
                .hasSize(1);
        assertThat(records)
                .extracting(ConsumerRecord::value)
                .filteredOn(TrainingCompleted.class::isInstance)
                .singleElement()
                .satisfies(
                        it -> assertThat(((TrainingCompleted) it).getAttempt()).isEqualTo(1));
    }

    /** Gives the process id of its training. */
    private long startOneThatIsStuck(String jobId) throws Exception {
        Path started = folder.resolve(jobId + ".started");
        pipeline.request(JobFiles.stuckAtFirst(jobId, started), TraceParent.begin(new SplittableRandom(3)));
        Awaitility.await("its training").atMost(PATIENCE).until(() -> Files.exists(started));
        return Long.parseLong(Files.readString(started));
    }

    private void request(String jobId) throws Exception {
        pipeline.request(JobFiles.quick(jobId), TraceParent.begin(new SplittableRandom(4)));
    }

    private void control(String jobId, ControlAction action) throws Exception {
        pipeline.send(
                Topics.JOB_CONTROL,
                jobId,
                JobControl.newBuilder()
                        .setJobId(jobId)
                        .setRun(1)
                        .setAction(action)
                        .build());
    }

    private JobFailed cancelled(String jobId) {
        JobFailed failed = await(JobFailed.class, jobId);
        assertThat(failed.getCause()).isEqualTo(FailureCause.CANCELLED);
        return failed;
    }

    private <E extends SpecificRecord> E await(Class<E> type, String jobId) {
        var read = reader.await(
                type.getSimpleName() + " of " + jobId,
                all -> events(all, type, jobId).findFirst().isPresent(),
                PATIENCE);
        return events(read, type, jobId).findFirst().orElseThrow();
    }

    private static <E> Stream<E> events(
            List<ConsumerRecord<String, SpecificRecord>> records, Class<E> type, String jobId) {
        return records.stream()
                .filter(it -> it.key().equals(jobId))
                .map(ConsumerRecord::value)
                .filter(type::isInstance)
                .map(type::cast);
    }
}
