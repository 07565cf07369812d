package dev.unitymlops.registry.vertex;

import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ApiExceptionFactory;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.ListOperationsRequest;
import com.google.longrunning.ListOperationsResponse;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsClient;
import com.google.rpc.Status;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Waits for the long-running operations of models, also for those that somebody else began. Thread-safe. */
final class VertexOperations {

    private final OperationsClient client;
    private final VertexCalls calls;
    private final Duration longest;

    /** @param longest how long one operation may take */
    VertexOperations(OperationsClient client, VertexCalls calls, Duration longest) {
        this.client = client;
        this.calls = calls;
        this.longest = longest;
    }

    /**
     * Waits for the operation's end and returns it.
     *
     * @throws ApiException when the operation ended with an error
     * @throws StageFailure when it takes too long; it goes on in Vertex AI, and the next attempt finds it
     */
    Operation awaited(Operation begun) throws StageFailure, InterruptedException {
        Operation ended = end(begun);
        if (ended.hasError()) {
            throw failed(ended.getError());
        }
        return ended;
    }

    /** Waits until all that is under way on the model now has ended, well or not. */
    void awaitAll(String model) throws StageFailure, InterruptedException {
        for (Operation running : running(model)) {
            end(running);
        }
    }

    private Operation end(Operation begun) throws StageFailure, InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        Operation operation = begun;
        for (int asked = 1; !operation.getDone(); asked++) {
            if (System.nanoTime() > deadline) {
                throw StageFailure.of(
                        FailureCause.TIMEOUT,
                        Retry.BACK_OFF,
                        "Vertex AI's operation " + begun.getName() + " did not end within " + longest
                                + " (vertex.operation-timeout); it goes on, and the next attempt waits for it");
            }
            calls.pause(asked);
            GetOperationRequest request =
                    GetOperationRequest.newBuilder().setName(begun.getName()).build();
            Optional<Operation> found = calls.find("tell of an operation", client.getOperationCallable(), request);
            if (found.isEmpty()) {
                // Forgotten: it ended long ago. What it made is found among the versions.
                return begun.toBuilder().setDone(true).build();
            }
            operation = found.get();
        }
        return operation;
    }

    private List<Operation> running(String model) throws StageFailure, InterruptedException {
        List<Operation> running = new ArrayList<>();
        String page = "";
        do {
            ListOperationsRequest request = ListOperationsRequest.newBuilder()
                    .setName(model)
                    .setPageToken(page)
                    .build();
            Optional<ListOperationsResponse> answer =
                    calls.find("list the operations of a model", client.listOperationsCallable(), request);
            answer.ifPresent(found -> found.getOperationsList().stream()
                    .filter(operation -> !operation.getDone())
                    .forEach(running::add));
            page = answer.map(ListOperationsResponse::getNextPageToken).orElse("");
        } while (!page.isEmpty());
        return running;
    }

    private static ApiException failed(Status error) {
        StatusRuntimeException cause = StatusProto.toStatusRuntimeException(error);
        return ApiExceptionFactory.createException(
                cause, GrpcStatusCode.of(cause.getStatus().getCode()), false);
    }
}
