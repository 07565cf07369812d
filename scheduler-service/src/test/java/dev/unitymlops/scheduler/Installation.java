package dev.unitymlops.scheduler;

import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.ScheduleAction;
import dev.unitymlops.events.ScheduleControl;
import dev.unitymlops.events.ScheduleTick;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.scheduler.topology.SchedulerParts;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Instances of scheduler-service on topics of their own, what others write there, and what comes of it. */
final class Installation implements AutoCloseable {

    /** A process starts, another one's session ends, and the machine may be busy: it costs nothing where all is well. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A busy machine must not let a test's instance decide by less than all. */
    private static final Duration LONGEST_CATCH_UP = Duration.ofMinutes(5);

    private final TestPlatform platform;
    private final String prefix;
    private final Path folder;
    private final Clock clock;
    private final Map<String, String> settings;
    private final Producer<String, SpecificRecord> producer;
    private final List<RunningServices> instances = new ArrayList<>();
    private final List<SchedulerProcess> processes = new ArrayList<>();
    private final List<TopicReader<?>> readers = new ArrayList<>();

    Installation(TestPlatform platform, Path folder, Clock clock) {
        this.platform = platform;
        this.prefix = platform.newPrefix();
        this.folder = folder;
        this.clock = clock;
        this.producer = platform.producer();
        this.settings = platform.settings(prefix);
        settings.put("scheduler.session-timeout", "6s");
        platform.createTopics(
                prefix,
                Topics.TRAINING_SCHEDULES,
                Topics.SCHEDULE_CONTROL,
                Topics.SCHEDULE_TICKS,
                Topics.JOB_REQUESTED,
                Topics.JOB_CONTROL,
                Topics.JOB_FAILED,
                Topics.JOB_PROGRESS);
    }

    Installation with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    void createWithPartitions(TopicSpec topic, int partitions) {
        platform.createTopics(
                prefix,
                new TopicSpec(
                        topic.name(),
                        topic.key(),
                        topic.value(),
                        partitions,
                        topic.configs(),
                        topic.owner(),
                        topic.says()));
    }

    /** One more instance in this process. */
    RunningServices start() throws Exception {
        Map<String, String> own = new HashMap<>(settings);
        own.put("work.dir", folder.resolve("instance-" + instances.size()).toString());
        RunningServices started = RunningServices.start(
                Settings.of(own),
                List.of(new Service<>(
                        SchedulerParts.SERVICE,
                        SchedulerConfig::from,
                        (config, metrics) -> SchedulerParts.of(config, metrics.registry(), clock, LONGEST_CATCH_UP))));
        instances.add(started);
        return started;
    }

    /** As at an update: the only instance closes, and another one starts. */
    void restart() throws Exception {
        stop();
        start();
    }

    /** The latest instance closes. */
    void stop() {
        instances.removeLast().close();
    }

    /** An instance in a process of its own, that may be killed. */
    SchedulerProcess startProcess() throws IOException {
        Map<String, String> own = new HashMap<>(settings);
        own.put("http.port", "0");
        String name = "process-" + processes.size();
        own.put("work.dir", folder.resolve(name).toString());
        SchedulerProcess started = SchedulerProcess.start(own, folder.resolve(name + ".log"));
        processes.add(started);
        return started;
    }

    void add(TrainingSchedule.Builder schedule) throws Exception {
        write(Topics.TRAINING_SCHEDULES, schedule.getScheduleId(), schedule.build());
    }

    void remove(String scheduleId) throws Exception {
        write(Topics.TRAINING_SCHEDULES, scheduleId, null);
    }

    void runNow(String scheduleId, String requestId) throws Exception {
        write(
                Topics.SCHEDULE_CONTROL,
                scheduleId,
                new ScheduleControl(scheduleId, ScheduleAction.RUN_NOW, requestId, "test", clock.instant()));
    }

    /** As a stage tells the bad end of a job's run, which frees its place as the good one does. */
    void end(String scheduleId, String jobId, int run) throws Exception {
        write(
                Topics.JOB_FAILED,
                jobId,
                JobFailed.newBuilder()
                        .setJobId(jobId)
                        .setRun(run)
                        .setStage(Stage.TRAIN)
                        .setAttempt(1)
                        .setContentHash("")
                        .setDryRun(true)
                        .setCause(FailureCause.USER)
                        .setMessages(List.of("the test ends it"))
                        .setScheduleId(scheduleId)
                        .setFailedAt(Instant.EPOCH)
                        .build());
    }

    /** As a stage tells of a retry's run that it has begun. */
    void retried(String scheduleId, String jobId, int run) throws Exception {
        write(
                Topics.JOB_PROGRESS,
                jobId,
                JobProgress.newBuilder()
                        .setJobId(jobId)
                        .setRun(run)
                        .setStage(Stage.TRAIN)
                        .setAttempt(0)
                        .setPhase("accepted")
                        .setAt(Instant.EPOCH)
                        .setScheduleId(scheduleId)
                        .build());
    }

    /** Under the clock's time, acknowledged. */
    void write(TopicSpec topic, String key, SpecificRecord value) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(prefix + topic.name(), null, clock.millis(), key, value))
                .get();
    }

    TopicReader<ScheduleTick> ticks() {
        return reader(Topics.SCHEDULE_TICKS);
    }

    TopicReader<JobRequested> requests() {
        return reader(Topics.JOB_REQUESTED);
    }

    TopicReader<JobControl> controls() {
        return reader(Topics.JOB_CONTROL);
    }

    <V extends SpecificRecord> TopicReader<V> reader(TopicSpec topic) {
        TopicReader<V> reader = platform.reader(prefix + topic.name());
        readers.add(reader);
        return reader;
    }

    @Override
    public void close() {
        readers.forEach(TopicReader::close);
        processes.forEach(SchedulerProcess::kill);
        instances.forEach(RunningServices::close);
        producer.close();
    }
}
