package dev.unitymlops.cli.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as {@code --json} shows it.
 *
 * @param run its latest run
 * @param dryRun null until an event says so
 * @param stages in the order of the pipeline, as far as the job has come
 * @param training null before a training has said anything, and in a dry run
 * @param registration why the models went where they are, or why there are none; null when there is nothing to say
 * @param artifacts URI of the job's folder; null until an event names one
 * @param error null unless it failed, was cancelled or rejected
 * @param unschedulable left out unless it waits for a worker that is not there
 * @param queue left out unless it waits in the queue of a stage
 */
public record JobResult(
        String jobId,
        int run,
        JobState state,
        @Nullable Boolean dryRun,
        List<StageView> stages,
        @Nullable TrainingView training,
        List<ModelView> models,
        @Nullable String registration,
        @Nullable String artifacts,
        @Nullable ErrorView error,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UnschedulableView unschedulable,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable QueueView queue) {
    public JobResult {
        stages = List.copyOf(stages);
        models = List.copyOf(models);
    }

    /** The same, with what a random policy earns in the same world beside what was trained. */
    public JobResult besideRandom(double meanReward) {
        return new JobResult(
                jobId,
                run,
                state,
                dryRun,
                stages,
                training == null ? null : training.besideRandom(meanReward),
                models,
                registration,
                artifacts,
                error,
                unschedulable,
                queue);
    }
}
