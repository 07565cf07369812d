package dev.unitymlops.stage.worker;

import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.events.StageInput;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.schemas.TrustedPackages;
import java.util.List;

/** Records of a work topic as tests need them. */
final class QueuedJobs {

    static {
        TrustedPackages.trust();
    }

    /** What a level of priority is worth here, milliseconds. */
    static final long STEP = 1_000;

    private QueuedJobs() {}

    static StageInput input(int priority, String... requires) {
        return StageInput.newBuilder()
                .setRecord(new RecordCoordinates("job-requested", 0, 1L))
                .setContentHash("hash")
                .setPriority(priority)
                .setRequires(List.of(requires))
                .setMaxAttempts(3)
                .setDryRun(true)
                .setAssetId("asset-1")
                .build();
    }

    /** The same, of a project. */
    static StageWork ofProject(String project, StageWork work) {
        work.getInput().setProject(project);
        return work;
    }

    static StageWork queued(int priority, long since, String... requires) {
        return work(WorkPhase.QUEUED, 1, priority, since, requires);
    }

    static StageWork work(WorkPhase phase, long version, int priority, long since, String... requires) {
        return StageWork.newBuilder()
                .setRun(1)
                .setVersion(version)
                .setPhase(phase)
                .setAttempt(0)
                .setAttemptsUsed(0)
                .setSince(since)
                .setQueueOrder(since - priority * STEP)
                .setInput(input(priority, requires))
                .build();
    }
}
