package dev.unitymlops.registry.vertex;

import com.google.api.core.ApiFuture;
import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ApiCallContext;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.UnaryCallable;
import dev.unitymlops.registry.registration.Tries;
import dev.unitymlops.stage.StageFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** Calls Vertex AI for one project: patiently, and so that an interrupt ends the wait. Thread-safe. */
final class VertexCalls {

    private final String project;
    private final Tries tries;
    private final ApiCallContext oneTry;

    /** @param timeout of one try */
    VertexCalls(String project, Tries tries, Duration timeout) {
        this.project = project;
        this.tries = tries;
        this.oneTry = GrpcCallContext.createDefault()
                .withRetryableCodes(Set.of())
                .withRetrySettings(settings(tries, timeout))
                .withTimeoutDuration(timeout);
    }

    /** The same tries for a client of Google's that repeats by itself. */
    static RetrySettings settings(Tries tries, Duration callTimeout) {
        return RetrySettings.newBuilder()
                .setMaxAttempts(tries.most())
                .setInitialRetryDelayDuration(tries.between().first())
                .setRetryDelayMultiplier(2)
                .setMaxRetryDelayDuration(tries.between().most())
                .setInitialRpcTimeoutDuration(callTimeout)
                .setMaxRpcTimeoutDuration(callTimeout)
                .setTotalTimeoutDuration(callTimeout.multipliedBy(tries.most()))
                .build();
    }

    /**
     * Makes a call that may be made twice, until it is answered.
     *
     * @param what for a failure's message, as in "cannot <what>"
     * @throws StageFailure when it is refused, or fails as often as is tried at most
     */
    <Q, R> R ask(String what, UnaryCallable<Q, R> callable, Q request) throws StageFailure, InterruptedException {
        for (int tried = 1; ; tried++) {
            try {
                return once(callable, request);
            } catch (ApiException e) {
                pauseOrFail(what, e, tried);
            }
        }
    }

    /** The same of a thing that may not be there. */
    <Q, R> Optional<R> find(String what, UnaryCallable<Q, R> callable, Q request)
            throws StageFailure, InterruptedException {
        for (int tried = 1; ; tried++) {
            try {
                return Optional.of(once(callable, request));
            } catch (ApiException e) {
                if (VertexStatus.of(e) == VertexStatus.NOT_FOUND) {
                    return Optional.empty();
                }
                pauseOrFail(what, e, tried);
            }
        }
    }

    /** Makes a call once: the client's own tries, which for operations go on for ten minutes, are switched off. */
    <Q, R> R once(UnaryCallable<Q, R> callable, Q request) throws InterruptedException {
        ApiFuture<R> answer = callable.futureCall(request, oneTry);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException refused) {
                throw refused;
            }
            if (e.getCause() instanceof InterruptedException) {
                // The client runs parts of a call on this thread, and takes an interrupt that comes then for the
                // answer.
                throw (InterruptedException) new InterruptedException("while calling Vertex AI").initCause(e);
            }
            throw new IllegalStateException("the client of Vertex AI failed", e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        }
    }

    /**
     * Waits before the next try.
     *
     * @param tried how many there were
     * @throws StageFailure when there is none to be
     */
    void pauseOrFail(String what, ApiException e, int tried) throws StageFailure, InterruptedException {
        VertexStatus status = VertexStatus.of(e);
        if (!status.again() || !tries.goOn(tried)) {
            throw status.failure(what, project, e);
        }
        pause(tried);
    }

    void pause(int tried) throws InterruptedException {
        tries.pause(tried);
    }

    String project() {
        return project;
    }
}
