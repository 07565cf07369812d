package dev.unitymlops.stage.worker;

import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Tells an attempt whether its project has room for it. Two workers may be given jobs of one project at the same time,
 * each before it has read of the other's; so whoever has a job reads all that was committed until then before it begins,
 * and gives it back when there are too many. Of those that have begun, the last to ask has seen all the others: there
 * are never more than the limit.
 *
 * @param untilNow completes with true when the worker knows all that was decided before the question
 */
record AskQuota(Quotas quotas, WorkView view, Supplier<CompletableFuture<Boolean>> untilNow) {

    /** Whether more jobs of the attempt's project are held than may be, this one included. */
    boolean isExceeded(RunningAttempt attempt) throws InterruptedException {
        String project = attempt.work().getInput().getProject();
        OptionalInt limit = quotas.of(project);
        if (limit.isEmpty()) {
            return false;
        }
        try {
            return !untilNow.get().get() || view.held(project) > limit.getAsInt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the question was answered with a failure", e.getCause());
        }
    }
}
