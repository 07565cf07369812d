package dev.unitymlops.stage;

import dev.unitymlops.runtime.ClusterUse;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.coordinator.Coordinator;
import dev.unitymlops.stage.intake.Intake;
import java.util.ArrayList;
import java.util.List;

/** What a stage's service does on a cluster, all its roles together. */
public final class StageUse {

    private StageUse() {}

    public static ClusterUse of(StageLine<?, ?> line) {
        List<TopicSpec> writes = new ArrayList<>(List.of(
                line.commands(),
                line.work(),
                line.output(),
                Topics.JOB_FAILED,
                Topics.JOB_REJECTED,
                Topics.JOB_PROGRESS,
                Topics.WORKERS,
                line.input().deadLetters(),
                line.commands().deadLetters()));
        if (line.first()) {
            writes.add(Topics.JOB_CONTROL.deadLetters());
        }
        return new ClusterUse(
                line.service(),
                List.of(
                        line.input(),
                        Topics.JOB_CONTROL,
                        line.commands(),
                        line.work(),
                        Topics.WORKERS,
                        Topics.WORKER_CORDONS),
                writes,
                List.of(line.commands()),
                List.of(Intake.group(line)),
                List.of(Coordinator.changelog(line)));
    }
}
