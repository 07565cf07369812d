package dev.unitymlops.stage.worker;

import dev.unitymlops.stage.Attempt.Standing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Tells an attempt whether it still has its job.
 *
 * @param untilNow completes with true when the worker knows all that was decided before the question
 */
record AskStanding(RunningAttempt attempt, Supplier<CompletableFuture<Boolean>> untilNow) {

    Standing standing() throws InterruptedException {
        try {
            return untilNow.get().get() ? attempt.standing() : Standing.LOST;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the question was answered with a failure", e.getCause());
        }
    }
}
