package dev.unitymlops.cli.topics;

import dev.unitymlops.runtime.ClusterUse;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.util.List;

/**
 * What people do on a cluster with these commands, {@code topics apply} and {@code dead-letters} excepted: the one creates
 * and sets topics, the other writes to any of them, which both are an admin's business.
 */
final class PeopleUse {
    static final String NAME = "mlops";

    private static final List<TopicSpec> ASKS = List.of(
            Topics.JOB_REQUESTED,
            Topics.JOB_CONTROL,
            Topics.WORKER_CORDONS,
            Topics.TRAINING_SCHEDULES,
            Topics.SCHEDULE_CONTROL,
            Topics.MODEL_PROMOTED);

    private static final List<TopicSpec> SEES = List.of(
            Topics.JOB_REQUESTED,
            Topics.BUILD_COMPLETED,
            Topics.TRAINING_COMPLETED,
            Topics.MODEL_REGISTERED,
            Topics.MODEL_PROMOTED,
            Topics.JOB_FAILED,
            Topics.JOB_REJECTED,
            Topics.JOB_CONTROL,
            Topics.JOB_PROGRESS,
            Topics.WORKERS,
            Topics.WORKER_CORDONS,
            Topics.BUILD_WORK,
            Topics.TRAIN_WORK,
            Topics.REGISTRY_WORK,
            Topics.TRAINING_SCHEDULES,
            Topics.SCHEDULE_TICKS);

    static final ClusterUse USE = new ClusterUse(NAME, SEES, ASKS, List.of(), List.of(), List.of());

    private PeopleUse() {}
}
