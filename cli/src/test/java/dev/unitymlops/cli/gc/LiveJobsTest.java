package dev.unitymlops.cli.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.cli.OwnTopics;
import dev.unitymlops.cli.RunAlone;
import dev.unitymlops.events.ControlAction;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.StageInput;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.artifacts.ArtifactStore;
import dev.unitymlops.stage.artifacts.JobFolder;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.SettableClock;
import dev.unitymlops.testkit.TestPlatform;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** However old its folder is, what a cluster still works on is not touched. */
@ExtendWith(PlatformExtension.class)
class LiveJobsTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at(Instant.parse("2126-01-02T03:04:05Z"));
    private LeftJobs left;
    private OwnTopics topics;
    private Producer<String, SpecificRecord> producer;

    @BeforeEach
    void own(TestPlatform platform) throws Exception {
        topics = new OwnTopics(platform, folder);
        platform.createTopics(
                topics.prefix(), Topics.JOB_REQUESTED, Topics.JOB_FAILED, Topics.JOB_CONTROL, Topics.TRAIN_WORK);
        producer = platform.producer();
        left = new LeftJobs(new ArtifactStore(folder.resolve("artifacts"), List.of()));
    }

    @AfterEach
    void close() {
        producer.close();
    }

    @Test
    void a_job_between_two_stages_stays_with_the_job_whose_weights_it_starts_from() throws Exception {
        JobFolder live = left.failed("live");
        JobFolder teacher = left.skipped("teacher");
        JobFolder ended = left.failed("ended");
        requested("live", ", initialize_from_run_id: teacher");
        requested("ended", "");
        ended("ended");

        gc();

        assertThat(live.path()).exists();
        assertThat(teacher.path()).exists();
        assertThat(ended.path()).doesNotExist();
    }

    @Test
    void a_job_in_a_queue_stays_although_its_events_are_gone_and_goes_when_it_has_left() throws Exception {
        JobFolder job = left.failed("queued");
        send(Topics.TRAIN_WORK.name(), "queued", queued());

        gc();
        assertThat(job.path()).exists();

        send(Topics.TRAIN_WORK.name(), "queued", null);
        gc();
        assertThat(job.path()).doesNotExist();
    }

    @Test
    void a_failed_job_that_somebody_has_just_retried_stays() throws Exception {
        JobFolder job = left.failed("again");
        requested("again", "");
        ended("again");
        send("job-control", "again", new JobControl("again", 1, ControlAction.RETRY, false, "", "cli", START));

        gc();

        assertThat(job.path()).exists();
    }

    private void gc() {
        RunAlone ran = topics.run(
                (say, find) -> new GcCommand(say, find, Map.of(), clock),
                "gc",
                "--set=artifacts.root=" + folder.resolve("artifacts"),
                "--set=work.dir=" + folder.resolve("work"));
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    private void requested(String id, String more) throws Exception {
        send("job-requested", id, new JobRequested(1, LeftJobs.job(id, more), "cli", START));
    }

    private void ended(String id) throws Exception {
        send(
                "job-failed",
                id,
                JobFailed.newBuilder()
                        .setJobId(id)
                        .setRun(1)
                        .setStage(Stage.TRAIN)
                        .setAttempt(1)
                        .setContentHash("0".repeat(64))
                        .setDryRun(false)
                        .setCause(FailureCause.INFRASTRUCTURE)
                        .setMessages(List.of("no disk"))
                        .setFailedAt(START)
                        .build());
    }

    private void send(String topic, String key, @Nullable SpecificRecord value) throws Exception {
        producer.send(new ProducerRecord<>(topics.named(topic), key, value)).get();
    }

    private static StageWork queued() {
        StageInput input = StageInput.newBuilder()
                .setRecord(new RecordCoordinates("build-completed", 0, 0L))
                .setContentHash("0".repeat(64))
                .setPriority(5)
                .setRequires(List.of())
                .setMaxAttempts(3)
                .setDryRun(false)
                .setAssetId("reacher")
                .build();
        return StageWork.newBuilder()
                .setRun(1)
                .setVersion(1L)
                .setPhase(WorkPhase.QUEUED)
                .setAttempt(0)
                .setAttemptsUsed(0)
                .setSince(0L)
                .setInput(input)
                .build();
    }
}
