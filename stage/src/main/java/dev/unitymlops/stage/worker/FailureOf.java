package dev.unitymlops.stage.worker;

import dev.unitymlops.events.FailureCause;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.artifacts.JobRefused;
import java.io.IOException;

/** The typed cause of whatever an attempt threw, and whether another attempt may help. */
final class FailureOf {

    private FailureOf() {}

    static StageFailure attempt(Throwable reason) {
        return FullDisk.waitsForSpace(typed(reason));
    }

    private static StageFailure typed(Throwable reason) {
        return switch (reason) {
            case StageFailure failure -> failure;
            case IOException e ->
                StageFailure.infrastructure("the artifact store or the local disk failed: " + e)
                        .because(e);
            case JobRefused e ->
                StageFailure.user(e.problems().stream()
                                .map(problem -> problem.getMessage() + "; " + problem.getRemedy())
                                .toArray(String[]::new))
                        .because(e);
            default ->
                StageFailure.of(
                                FailureCause.INFRASTRUCTURE,
                                StageFailure.Retry.BACK_OFF,
                                "the service itself failed at this job: " + reason)
                        .because(reason);
        };
    }
}
