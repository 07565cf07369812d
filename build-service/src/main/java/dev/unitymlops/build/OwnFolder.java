package dev.unitymlops.build;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.artifacts.ArtifactStore;
import dev.unitymlops.stage.artifacts.JobRefused;
import dev.unitymlops.stage.intake.Admission;
import java.io.IOException;
import java.util.Optional;

/** A job is taken only when its artifact folder is its own: also when all that is left of another is its artifacts. */
final class OwnFolder implements Admission {

    private final ArtifactStore store;

    OwnFolder(ArtifactStore store) {
        this.store = store;
    }

    @Override
    public Optional<Refusal> check(TrainingJob job, String contentHash) throws IOException {
        try {
            Optional<String> there = store.job(job).identity();
            return there.filter(hash -> !hash.equals(contentHash))
                    .map(hash -> Refusal.duplicate(taken(job, hash, contentHash), hash));
        } catch (JobRefused refused) {
            return Optional.of(Refusal.invalid(refused.problems()));
        }
    }

    private static Problem taken(TrainingJob job, String there, String contentHash) {
        return new Problem(
                "job_id",
                TextNode.valueOf(job.getJobId()).toString(),
                "has artifacts of content " + there + "; this job is of content " + contentHash,
                "Give this job another job_id (--new-id).");
    }
}
