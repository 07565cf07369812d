package dev.unitymlops.schemas;

import static java.util.stream.Collectors.joining;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.ModelPromoted;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.ScheduleControl;
import dev.unitymlops.events.ScheduleTick;
import dev.unitymlops.events.ScheduledJob;
import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.events.WebhookCommand;
import dev.unitymlops.events.WebhookControl;
import dev.unitymlops.events.WebhookDelivery;
import dev.unitymlops.events.WorkerCordon;
import dev.unitymlops.events.WorkerPresence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Every topic of the pipeline, declared once. Topics are created from these constants. */
public final class Topics {

    /** Partitions of a topic unless a cluster says otherwise; those of a stage's commands are fixed for good. */
    public static final int PARTITIONS = 8;

    /**
     * Partitions of what scheduler-service keeps its state by, fixed for good: the limit over all schedules is counted in
     * one place, so all of it belongs to one task.
     */
    public static final int SCHEDULER_PARTITIONS = 1;

    private static final String JOB_ID = "job id";
    private static final String SCHEDULE_ID = "schedule id";
    private static final Duration MONTH = Duration.ofDays(30);

    public static final TopicSpec JOB_REQUESTED = event(
            "job-requested",
            JobRequested.getClassSchema(),
            MONTH,
            "gateway-service, scheduler-service, cli, upstream producers",
            "Train this: the whole job.");
    public static final TopicSpec BUILD_COMPLETED = event(
            "build-completed",
            BuildCompleted.getClassSchema(),
            MONTH,
            "build-service",
            "The job, where its player is, and the build's facts.");
    public static final TopicSpec TRAINING_COMPLETED = event(
            "training-completed",
            TrainingCompleted.getClassSchema(),
            MONTH,
            "train-service",
            "The job, its model files, final metrics and the training's facts.");
    public static final TopicSpec MODEL_REGISTERED = event(
            "model-registered",
            ModelRegistered.getClassSchema(),
            MONTH,
            "registry-service",
            "The job and its registered models, or why registration was skipped: the good end of a run.");
    public static final TopicSpec MODEL_PROMOTED = event(
                    "model-promoted",
                    ModelPromoted.getClassSchema(),
                    Duration.ofDays(365),
                    "cli",
                    "An alias that people deploy by has moved: version, from which, who and why.")
            .withKey("parent model");
    public static final TopicSpec JOB_FAILED = event(
            "job-failed",
            JobFailed.getClassSchema(),
            MONTH,
            "any stage",
            "Stage, cause and every message, with the input to start again from: the bad end of a run.");
    public static final TopicSpec JOB_PROGRESS = event(
            "job-progress", JobProgress.getClassSchema(), Duration.ofDays(7), "any stage", "How a stage gets on.");
    public static final TopicSpec JOB_CONTROL = event(
            "job-control",
            JobControl.getClassSchema(),
            MONTH,
            "gateway-service, cli, scheduler-service",
            "Cancel or retry a run of a job.");
    public static final TopicSpec JOB_REJECTED = event(
            "job-rejected",
            JobRejected.getClassSchema(),
            MONTH,
            "intake and coordinator of any stage",
            "To producers: this record was not accepted, with every reason.");
    public static final TopicSpec WORKERS = compacted(
            "workers",
            "worker id",
            WorkerPresence.getClassSchema(),
            "workers of any stage",
            "Which workers are there.");
    public static final TopicSpec WORKER_CORDONS = compacted(
                    "worker-cordons",
                    "host/stage",
                    WorkerCordon.getClassSchema(),
                    "cli",
                    "Which hosts' workers take no new work; a tombstone lifts it.")
            .withPartitions(1);

    public static final TopicSpec BUILD_COMMANDS = commands("build-commands", "build-service");
    public static final TopicSpec TRAIN_COMMANDS = commands("train-commands", "train-service");
    public static final TopicSpec REGISTRY_COMMANDS = commands("registry-commands", "registry-service");
    public static final TopicSpec BUILD_WORK = work("build-work", "build-service");
    public static final TopicSpec TRAIN_WORK = work("train-work", "train-service");
    public static final TopicSpec REGISTRY_WORK = work("registry-work", "registry-service");

    public static final TopicSpec TRAINING_SCHEDULES = compacted(
                    "training-schedules",
                    SCHEDULE_ID,
                    TrainingSchedule.getClassSchema(),
                    "gateway-service, cli",
                    "Schedules; a tombstone removes one.")
            .withPartitions(SCHEDULER_PARTITIONS);
    public static final TopicSpec SCHEDULE_CONTROL = event(
                    "schedule-control",
                    ScheduleControl.getClassSchema(),
                    MONTH,
                    "gateway-service, cli",
                    "Do this to a schedule now.")
            .withKey(SCHEDULE_ID)
            .withPartitions(SCHEDULER_PARTITIONS);
    public static final TopicSpec SCHEDULE_TICKS = event(
                    "schedule-ticks",
                    ScheduleTick.getClassSchema(),
                    Duration.ofDays(90),
                    "scheduler-service",
                    "Every tick: fired, with its jobs, or skipped, with the reason.")
            .withKey(SCHEDULE_ID);
    public static final TopicSpec SCHEDULED_JOBS = event(
                    "scheduled-jobs",
                    ScheduledJob.getClassSchema(),
                    MONTH,
                    "scheduler-service",
                    "Private: which jobs of schedules take and free their places.")
            .withPartitions(SCHEDULER_PARTITIONS);
    public static final TopicSpec WEBHOOK_DELIVERIES = event(
            "webhook-deliveries",
            WebhookDelivery.getClassSchema(),
            MONTH,
            "webhook-service",
            "Every attempt to deliver a webhook message, and its outcome.");
    public static final TopicSpec WEBHOOK_COMMANDS = event(
            "webhook-commands",
            WebhookCommand.getClassSchema(),
            MONTH,
            "webhook-service",
            "Private: messages to be delivered, and how each attempt ended.");
    public static final TopicSpec WEBHOOK_CONTROL = event(
                    "webhook-control",
                    WebhookControl.getClassSchema(),
                    MONTH,
                    "gateway-service, cli",
                    "Do this to an endpoint of webhooks now.")
            .withKey("webhook_url");

    private Topics() {}

    /** Every topic without the dead letters. */
    public static List<TopicSpec> all() {
        return List.of(
                JOB_REQUESTED,
                BUILD_COMPLETED,
                TRAINING_COMPLETED,
                MODEL_REGISTERED,
                MODEL_PROMOTED,
                JOB_FAILED,
                JOB_PROGRESS,
                JOB_CONTROL,
                JOB_REJECTED,
                WORKERS,
                WORKER_CORDONS,
                BUILD_COMMANDS,
                TRAIN_COMMANDS,
                REGISTRY_COMMANDS,
                BUILD_WORK,
                TRAIN_WORK,
                REGISTRY_WORK,
                TRAINING_SCHEDULES,
                SCHEDULE_CONTROL,
                SCHEDULE_TICKS,
                SCHEDULED_JOBS,
                WEBHOOK_DELIVERIES,
                WEBHOOK_COMMANDS,
                WEBHOOK_CONTROL);
    }

    /** Every topic, each that an intake reads with its dead letters. */
    public static List<TopicSpec> allWithDeadLetters() {
        return Stream.concat(
                        all().stream(),
                        Stream.of(
                                        JOB_REQUESTED,
                                        BUILD_COMPLETED,
                                        TRAINING_COMPLETED,
                                        JOB_CONTROL,
                                        BUILD_COMMANDS,
                                        TRAIN_COMMANDS,
                                        REGISTRY_COMMANDS,
                                        TRAINING_SCHEDULES,
                                        SCHEDULE_CONTROL,
                                        MODEL_REGISTERED,
                                        JOB_FAILED,
                                        JOB_PROGRESS,
                                        SCHEDULE_TICKS,
                                        WEBHOOK_COMMANDS,
                                        WEBHOOK_CONTROL)
                                .map(Topics::deadLettersOf))
                .toList();
    }

    /**
     * The topic of that name.
     *
     * @throws IllegalArgumentException when there is none; the message lists those there are
     */
    public static TopicSpec named(String name) {
        return allWithDeadLetters().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no topic '%s'; there are: %s"
                        .formatted(
                                name,
                                allWithDeadLetters().stream()
                                        .map(TopicSpec::name)
                                        .collect(joining(", ")))));
    }

    static TopicSpec deadLettersOf(TopicSpec source) {
        return new TopicSpec(
                source.name() + ".dead-letters",
                source.key(),
                null,
                1,
                kept(MONTH),
                "who reads " + source.name(),
                "A record of " + source.name()
                        + " that could not be decoded or handled, bytes untouched, error in headers.");
    }

    private static TopicSpec event(String name, Schema value, Duration retention, String owner, String says) {
        return new TopicSpec(name, JOB_ID, value, PARTITIONS, kept(retention), owner, says);
    }

    private static TopicSpec commands(String name, String owner) {
        return new TopicSpec(
                name,
                JOB_ID,
                StageCommand.getClassSchema(),
                PARTITIONS,
                kept(MONTH),
                owner,
                "Private: all that the stage's coordinator decides on.");
    }

    private static TopicSpec work(String name, String owner) {
        return compacted(
                name,
                JOB_ID,
                StageWork.getClassSchema(),
                owner,
                "The stage's queue and who works on what; written by its coordinator only.");
    }

    // Small segments, cleaned soon: what a start reads back is the live keys, not the history.
    private static TopicSpec compacted(String name, String key, Schema value, String owner, String says) {
        return new TopicSpec(
                name,
                key,
                value,
                PARTITIONS,
                Map.of(
                        "cleanup.policy", "compact",
                        "segment.bytes", "16777216",
                        "segment.ms", "600000",
                        "min.cleanable.dirty.ratio", "0.1",
                        "delete.retention.ms", "86400000"),
                owner,
                says);
    }

    private static Map<String, String> kept(Duration retention) {
        return Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(retention.toMillis()));
    }
}
