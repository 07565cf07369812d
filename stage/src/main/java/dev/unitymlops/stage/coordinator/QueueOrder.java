package dev.unitymlops.stage.coordinator;

import dev.unitymlops.stage.coordinator.JobState.Live;
import java.time.Duration;

/**
 * In which order a stage's queued jobs are taken: by when they came, each level of priority being worth a time of waiting.
 * So the order of two jobs never changes while they wait, and a job of the lowest priority waits for those only that came
 * within nine steps after it.
 *
 * @param step what a level of priority is worth
 */
public record QueueOrder(Duration step) {

    /** A level of priority is worth a day. */
    public static final QueueOrder STANDARD = new QueueOrder(Duration.ofDays(1));

    /** The job's place: the least is taken first. */
    long of(Live job) {
        return job.since() - job.input().getPriority() * step.toMillis();
    }
}
