package dev.unitymlops.stage;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * A stage's place in the pipeline.
 *
 * @param service name of its service, such as {@code build-service}; the instances' consumer group
 * @param input topic it consumes
 * @param output topic it emits
 * @param commands topic its coordinator decides on
 * @param work topic its coordinator writes who works on what
 * @param job the job of an input event
 * @param run the run of an input event
 * @param requires labels that a worker of this stage must have for a job
 */
public record StageLine<I extends SpecificRecord, O extends SpecificRecord>(
        Stage stage,
        String service,
        TopicSpec input,
        Class<I> inputType,
        TopicSpec output,
        Class<O> outputType,
        TopicSpec commands,
        TopicSpec work,
        Function<I, TrainingJob> job,
        Function<I, Integer> run,
        Function<TrainingJob, List<String>> requires) {

    public static final StageLine<JobRequested, BuildCompleted> BUILD = new StageLine<>(
            Stage.BUILD,
            "build-service",
            Topics.JOB_REQUESTED,
            JobRequested.class,
            Topics.BUILD_COMPLETED,
            BuildCompleted.class,
            Topics.BUILD_COMMANDS,
            Topics.BUILD_WORK,
            JobRequested::getJob,
            JobRequested::getRun,
            job -> job.getRequires() == null ? List.of() : job.getRequires().getBuild());

    public static final StageLine<BuildCompleted, TrainingCompleted> TRAIN = new StageLine<>(
            Stage.TRAIN,
            "train-service",
            Topics.BUILD_COMPLETED,
            BuildCompleted.class,
            Topics.TRAINING_COMPLETED,
            TrainingCompleted.class,
            Topics.TRAIN_COMMANDS,
            Topics.TRAIN_WORK,
            BuildCompleted::getJob,
            BuildCompleted::getRun,
            job -> job.getRequires() == null ? List.of() : job.getRequires().getTrain());

    public static final StageLine<TrainingCompleted, ModelRegistered> REGISTRY = new StageLine<>(
            Stage.REGISTRY,
            "registry-service",
            Topics.TRAINING_COMPLETED,
            TrainingCompleted.class,
            Topics.MODEL_REGISTERED,
            ModelRegistered.class,
            Topics.REGISTRY_COMMANDS,
            Topics.REGISTRY_WORK,
            TrainingCompleted::getJob,
            TrainingCompleted::getRun,
            job -> job.getRequires() == null ? List.of() : job.getRequires().getRegistry());

    /** Whether it is the pipeline's first: what all stages read is answered, and kept when unreadable, by it alone. */
    public boolean first() {
        return stage == Stage.BUILD;
    }

    /** The stage in lower case: {@code build}, {@code train} or {@code registry}. */
    public String word() {
        return stage.name().toLowerCase(Locale.ROOT);
    }
}
