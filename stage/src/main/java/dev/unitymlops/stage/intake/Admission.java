package dev.unitymlops.stage.intake;

import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import java.io.IOException;
import java.util.List;

/** What a stage has against a job beside the rules that hold everywhere. */
@FunctionalInterface
public interface Admission {

    /** Takes every job. */
    Admission ALL = (job, contentHash) -> List.of();

    /**
     * Every reason against the job; empty when there is none.
     *
     * @throws IOException when the artifact store cannot be asked: intake waits and asks again
     */
    List<Problem> check(TrainingJob job, String contentHash) throws IOException;
}
