package dev.unitymlops.stage;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.ControlAction;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.events.WorkerCordon;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.intake.Admission;
import dev.unitymlops.stage.worker.Cordon;
import dev.unitymlops.testkit.JavaProcess;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Instances of one stage's service on topics of their own, in this process and in others, and what comes of it. */
final class Fleet implements AutoCloseable {

    /** Processes start, others' sessions end, and the machine may be busy: it costs nothing where all is well. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final TestPlatform platform;
    private final String prefix;
    private final Map<String, String> settings;
    private final Producer<String, SpecificRecord> producer;
    private final List<RunningServices> instances = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final List<TopicReader<?>> readers = new ArrayList<>();

    Fleet(TestPlatform platform, Path folder) {
        this.platform = platform;
        this.prefix = platform.newPrefix();
        this.producer = platform.producer();
        settings = platform.settings(prefix);
        settings.put("artifacts.root", folder.resolve("artifacts").toString());
        settings.put("work.dir", folder.resolve("work").toString());
        settings.put("worker.lease", "4s");
    }

    /** An instance in this process. */
    RunningServices start(DryBuilds handler, Map<String, String> more) throws Exception {
        return start(handler, Admission.ALL, more);
    }

    /** An instance in this process that does not take every job. */
    RunningServices start(DryBuilds handler, Admission admission, Map<String, String> more) throws Exception {
        RunningServices started = RunningServices.start(Settings.of(with(more)), List.of(service(handler, admission)));
        instances.add(started);
        return started;
    }

    /** An instance in a process of its own, that may be killed. */
    Process startProcess(Map<String, String> more) throws IOException {
        Process process = new ProcessBuilder(
                        JavaProcess.command(InstanceProcess.class, List.of(), JavaProcess.arguments(with(more))))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(new File(settings.get("work.dir") + "-instance-" + processes.size() + ".log"))
                .start();
        processes.add(process);
        return process;
    }

    static Service<StageConfig> service(DryBuilds handler, Admission admission) {
        return new Service<>(
                "build-service",
                StageConfig::from,
                (config, metrics) ->
                        new StageService<>(StageLine.BUILD, handler, admission, config, Map.of()).components(metrics));
    }

    private Map<String, String> with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        return all;
    }

    String name(TopicSpec topic) {
        return prefix + topic.name();
    }

    /** Before the names of topics and groups. */
    String prefix() {
        return prefix;
    }

    void request(TrainingJob job) {
        send(Topics.JOB_REQUESTED, job.getJobId(), Requests.of(job));
    }

    void cancel(String jobId) {
        send(
                Topics.JOB_CONTROL,
                jobId,
                JobControl.newBuilder()
                        .setJobId(jobId)
                        .setRun(1)
                        .setAction(ControlAction.CANCEL)
                        .build());
    }

    /** Keeps a host's workers from new work; lifts it when there is no reason. */
    void cordon(String host, @Nullable String reason) {
        String place = Cordon.place(host, Stage.BUILD);
        send(
                Topics.WORKER_CORDONS,
                place,
                reason == null ? null : new WorkerCordon(host, Stage.BUILD, reason, "anna", Instant.EPOCH));
    }

    /** Waits until the last word of some worker is such a one, and returns it. */
    WorkerPresence awaitPresence(String what, Predicate<WorkerPresence> such) {
        return awaitWorkers(what, there -> there.stream().anyMatch(such)).stream()
                .filter(such)
                .findFirst()
                .orElseThrow();
    }

    /** Waits until the last words of those that have not left are such ones. */
    Collection<WorkerPresence> awaitWorkers(String what, Predicate<Collection<WorkerPresence>> such) {
        return there(this.<WorkerPresence>reader(Topics.WORKERS).await(what, read -> such.test(there(read)), PATIENCE));
    }

    private static Collection<WorkerPresence> there(List<ConsumerRecord<String, WorkerPresence>> read) {
        Map<String, WorkerPresence> last = new HashMap<>();
        for (ConsumerRecord<String, WorkerPresence> record : read) {
            if (record.value() == null) {
                last.remove(record.key());
            } else {
                last.put(record.key(), record.value());
            }
        }
        return last.values();
    }

    private void send(TopicSpec topic, String key, @Nullable SpecificRecord value) {
        var unused = producer.send(new ProducerRecord<>(name(topic), key, value));
        producer.flush();
    }

    <V extends SpecificRecord> TopicReader<V> reader(TopicSpec topic) {
        TopicReader<V> reader = platform.reader(name(topic));
        readers.add(reader);
        return reader;
    }

    /** Waits for the job's event. */
    BuildCompleted awaitBuilt(String jobId) {
        return Fleet.<BuildCompleted>last(
                reader(Topics.BUILD_COMPLETED)
                        .await("the event of " + jobId, read -> has(read, jobId), PATIENCE)
                        .stream()
                        .map(Fleet::<BuildCompleted>typed)
                        .toList(),
                jobId);
    }

    /** Waits for the job's bad end. */
    JobFailed awaitFailed(String jobId) {
        return Fleet.<JobFailed>last(
                reader(Topics.JOB_FAILED).await("the bad end of " + jobId, read -> has(read, jobId), PATIENCE).stream()
                        .map(Fleet::<JobFailed>typed)
                        .toList(),
                jobId);
    }

    /** Waits until the job stands there, and returns how. */
    StageWork awaitPhase(String jobId, WorkPhase phase, int attempt) {
        TopicReader<StageWork> work = reader(Topics.BUILD_WORK);
        List<ConsumerRecord<String, StageWork>> records = work.await(
                jobId + " in " + phase + " with attempt " + attempt,
                read -> read.stream().anyMatch(record -> stands(record, jobId, phase, attempt)),
                PATIENCE);
        return records.stream()
                .filter(record -> stands(record, jobId, phase, attempt))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static boolean stands(
            ConsumerRecord<String, StageWork> record, String jobId, WorkPhase phase, int attempt) {
        StageWork work = record.value();
        return record.key().equals(jobId) && work != null && work.getPhase() == phase && work.getAttempt() == attempt;
    }

    private static boolean has(List<? extends ConsumerRecord<String, ?>> read, String jobId) {
        return read.stream().anyMatch(record -> jobId.equals(record.key()));
    }

    @SuppressWarnings("unchecked")
    private static <V> ConsumerRecord<String, V> typed(ConsumerRecord<String, ?> record) {
        return (ConsumerRecord<String, V>) record;
    }

    private static <V> V last(List<ConsumerRecord<String, V>> records, String jobId) {
        return records.stream()
                .filter(record -> jobId.equals(record.key()))
                .reduce((first, second) -> second)
                .orElseThrow()
                .value();
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        readers.forEach(TopicReader::close);
        instances.forEach(RunningServices::close);
        producer.close();
    }
}
