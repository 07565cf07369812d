package dev.unitymlops.cli.events;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.events.ControlAction;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.ModelPromoted;
import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.events.ScheduleAction;
import dev.unitymlops.events.ScheduleControl;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.events.WorkerCordon;
import dev.unitymlops.runtime.EventHeaders;
import dev.unitymlops.runtime.RegisterSchemas;
import dev.unitymlops.runtime.TraceParent;
import dev.unitymlops.runtime.Unreachable;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.worker.Cordon;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Writes what a person asks for, and waits until the broker has it. */
public final class EventWriter implements AutoCloseable {
    private static final String ASKED_BY = "cli";

    private final Cluster cluster;
    private final Clock clock;
    private final Producer<String, SpecificRecord> producer;

    public EventWriter(Cluster cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
        this.producer = Ask.kafka(cluster, () -> cluster.clients().producer("mlops", Map.of()));
    }

    /** Asks for a run of a job; returns where the record is. */
    public RecordCoordinates request(TrainingJob job, int run) throws InterruptedException {
        Instant now = clock.instant();
        return write(Topics.JOB_REQUESTED, job.getJobId(), new JobRequested(run, job, ASKED_BY, now), "/" + run, now);
    }

    /** Asks to stop a run. */
    public RecordCoordinates cancel(String jobId, int run, String reason) throws InterruptedException {
        return control(jobId, run, ControlAction.CANCEL, false, reason);
    }

    /**
     * Asks for the run after a failed or cancelled one.
     *
     * @param resume whether training starts from that run's last complete checkpoints
     */
    public RecordCoordinates retry(String jobId, int run, boolean resume) throws InterruptedException {
        return control(jobId, run, ControlAction.RETRY, resume, "");
    }

    /** Writes a schedule in place of the one of the same id. */
    public RecordCoordinates schedule(TrainingSchedule schedule) throws InterruptedException {
        Instant now = clock.instant();
        TrainingSchedule written = TrainingSchedule.newBuilder(schedule)
                .setRequestedBy(ASKED_BY)
                .setRequestedAt(now)
                .build();
        return write(Topics.TRAINING_SCHEDULES, schedule.getScheduleId(), written, "", now);
    }

    /** Removes a schedule. */
    public RecordCoordinates removeSchedule(String scheduleId) throws InterruptedException {
        return write(Topics.TRAINING_SCHEDULES, scheduleId, null, "/removed", clock.instant());
    }

    /**
     * Asks for a tick now.
     *
     * @param requestId a random UUID
     */
    public RecordCoordinates runNow(String scheduleId, String requestId) throws InterruptedException {
        Instant now = clock.instant();
        var control = new ScheduleControl(scheduleId, ScheduleAction.RUN_NOW, requestId, ASKED_BY, now);
        return write(Topics.SCHEDULE_CONTROL, scheduleId, control, "/run-now", now);
    }

    /**
     * Returns when brokers and schema registry can take a record of the topic; nothing is written.
     *
     * @throws Unreachable when they cannot
     */
    public void ready(TopicSpec topic) throws InterruptedException {
        String name = cluster.topics().name(topic);
        try {
            var unused = producer.partitionsFor(name);
        } catch (TimeoutException e) {
            throw new Unreachable(
                    "The brokers at " + cluster.bootstrapServers() + " do not answer, or they have no topic " + name
                            + "; see that they run, and what `mlops topics plan` says.",
                    e);
        }
        new RegisterSchemas(cluster.clients(), cluster.topics()).ensure(List.of(topic));
    }

    /** Tells that an alias has moved. */
    public RecordCoordinates promoted(ModelPromoted event) throws InterruptedException {
        String what = "/" + event.getAlias() + "/" + event.getVersion();
        return write(Topics.MODEL_PROMOTED, event.getName(), event, what, event.getPromotedAt());
    }

    /** Keeps the workers of a stage on a host from new work. */
    public RecordCoordinates cordon(WorkerCordon cordon) throws InterruptedException {
        String place = Cordon.place(cordon.getHost(), cordon.getStage());
        return write(Topics.WORKER_CORDONS, place, cordon, "", cordon.getRequestedAt());
    }

    /** Lets the workers of a place take work again. */
    public RecordCoordinates uncordon(String place) throws InterruptedException {
        return write(Topics.WORKER_CORDONS, place, null, "/lifted", clock.instant());
    }

    private RecordCoordinates control(String jobId, int run, ControlAction action, boolean resume, String reason)
            throws InterruptedException {
        Instant now = clock.instant();
        var control = new JobControl(jobId, run, action, resume, reason, ASKED_BY, now);
        return write(Topics.JOB_CONTROL, jobId, control, "/" + run + "/" + action, now);
    }

    /** Each record is an event of its own, also when the same thing is asked for twice. */
    private RecordCoordinates write(
            TopicSpec topic, String key, @Nullable SpecificRecord value, String what, Instant now)
            throws InterruptedException {
        var record = new ProducerRecord<>(cluster.topics().name(topic), key, value);
        String id = topic.name() + "/" + key + what + "/" + UUID.randomUUID();
        TraceParent trace = TraceParent.begin(RandomGenerator.getDefault());
        EventHeaders.of(id, topic.name(), ASKED_BY, key, now, trace).writeTo(record.headers());
        RecordMetadata written = Ask.acknowledged(cluster, Ask.kafka(cluster, () -> producer.send(record)));
        return new RecordCoordinates(written.topic(), written.partition(), written.offset());
    }

    @Override
    public void close() {
        producer.close();
    }
}
