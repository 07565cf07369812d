package dev.unitymlops.stage.artifacts;

import dev.unitymlops.events.Stage;

/**
 * An attempt at a stage of a run of a job.
 *
 * @param run from 1
 * @param attempt from 1
 */
public record AttemptId(String jobId, int run, Stage stage, int attempt) {

    public AttemptId {
        if (run < 1 || attempt < 1 || stage == Stage.UNKNOWN) {
            throw new IllegalArgumentException(
                    "no attempt: run %d, stage %s, attempt %d".formatted(run, stage, attempt));
        }
    }
}
