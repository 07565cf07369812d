package dev.unitymlops.cli.events;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.ModelPromoted;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.events.TrainingCompleted;
import java.time.Instant;
import java.util.Comparator;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of one of the topics that tell of jobs.
 *
 * @param topic without the cluster's prefix
 * @param time when it happened, as {@code ce_time} says; without that header the record's timestamp
 * @param type {@code ce_type}; without that header as ours would be
 */
public record JobEvent(String topic, int partition, long offset, Instant time, String type, SpecificRecord value) {
    /** By time; of one partition always in its own order. */
    public static final Comparator<JobEvent> BY_TIME = Comparator.comparing(JobEvent::time)
            .thenComparing(JobEvent::topic)
            .thenComparingInt(JobEvent::partition)
            .thenComparingLong(JobEvent::offset);

    /** The job that it tells of; of a promotion the one that trained the model. */
    public String jobId() {
        return switch (value) {
            case JobRequested requested -> requested.getJob().getJobId();
            case BuildCompleted completed -> completed.getJobId();
            case TrainingCompleted completed -> completed.getJobId();
            case ModelRegistered registered -> registered.getJobId();
            case JobFailed failed -> failed.getJobId();
            case JobProgress progress -> progress.getJobId();
            case JobRejected rejected -> rejected.getJobId();
            case JobControl control -> control.getJobId();
            case ModelPromoted promoted -> promoted.getJobId();
            default -> throw unknown();
        };
    }

    /** From 1; a promotion is of no run. */
    public int run() {
        return switch (value) {
            case JobRequested requested -> requested.getRun();
            case BuildCompleted completed -> completed.getRun();
            case TrainingCompleted completed -> completed.getRun();
            case ModelRegistered registered -> registered.getRun();
            case JobFailed failed -> failed.getRun();
            case JobProgress progress -> progress.getRun();
            case JobRejected rejected -> rejected.getRun();
            case JobControl control -> control.getRun();
            default -> throw unknown();
        };
    }

    /** The attempt that it tells of; null where it tells of none. */
    public @Nullable Integer attempt() {
        return switch (value) {
            case BuildCompleted completed -> completed.getAttempt();
            case TrainingCompleted completed -> completed.getAttempt();
            case ModelRegistered registered -> registered.getAttempt();
            case JobFailed failed -> failed.getAttempt();
            case JobProgress progress -> progress.getAttempt();
            default -> null;
        };
    }

    /** Whether these are this record's coordinates; theirs are with the cluster's prefix before the topic. */
    public boolean isAt(RecordCoordinates coordinates) {
        return coordinates.getTopic().endsWith(topic)
                && coordinates.getPartition() == partition
                && coordinates.getOffset() == offset;
    }

    private IllegalStateException unknown() {
        return new IllegalStateException(
                "no event of a job: " + value.getSchema().getFullName());
    }
}
