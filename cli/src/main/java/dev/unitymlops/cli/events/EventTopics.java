package dev.unitymlops.cli.events;

import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.util.List;
import java.util.stream.Stream;

/** The topics that tell of jobs. */
public final class EventTopics {
    /** What happened to jobs, and what was asked for. */
    public static final List<TopicSpec> MILESTONES = List.of(
            Topics.JOB_REQUESTED,
            Topics.BUILD_COMPLETED,
            Topics.TRAINING_COMPLETED,
            Topics.MODEL_REGISTERED,
            Topics.JOB_FAILED,
            Topics.JOB_REJECTED,
            Topics.JOB_CONTROL);

    /** And how they get on. */
    public static final List<TopicSpec> ALL =
            Stream.concat(MILESTONES.stream(), Stream.of(Topics.JOB_PROGRESS)).toList();

    /** And what became of their models since. */
    public static final List<TopicSpec> WITH_PROMOTIONS =
            Stream.concat(ALL.stream(), Stream.of(Topics.MODEL_PROMOTED)).toList();

    private EventTopics() {}
}
