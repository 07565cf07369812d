package dev.unitymlops.registry.vertex;

import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ApiExceptionFactory;
import com.google.longrunning.CancelOperationRequest;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.ListOperationsRequest;
import com.google.longrunning.ListOperationsResponse;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsClient;
import com.google.protobuf.Empty;
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
import java.util.function.Consumer;

/** Waits for the long-running operations of models, also for those that somebody else began. Thread-safe. */
final class VertexOperations {

    private final OperationsClient client;
    private final VertexCalls calls;
    private final Duration longest;
    private final Consumer<String> tell;

    /**
     * Those of a project.
     *
     * @param longest how long one operation may take
     * @param tell told of each wait
     */
    VertexOperations(OperationsClient client, VertexCalls calls, Duration longest, Consumer<String> tell) {
        this.client = client;
        this.tell = tell;
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

    /** Asks for the operation's end; it may come too late, and takes a while where it does not. */
    void cancel(Operation begun) throws StageFailure, InterruptedException {
        CancelOperationRequest request =
                CancelOperationRequest.newBuilder().setName(begun.getName()).build();
        Optional<Empty> unused = calls.find("cancel an operation", client.cancelOperationCallable(), request);
    }

    private Operation end(Operation begun) throws StageFailure, InterruptedException {
        long start = System.nanoTime();
        Operation operation = begun;
        for (int asked = 1; !operation.getDone(); asked++) {
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            if (waited.compareTo(longest) > 0) {
                throw StageFailure.of(
                        FailureCause.TIMEOUT,
                        Retry.BACK_OFF,
                        "Vertex AI's operation " + begun.getName() + " did not end within " + longest
                                + " (vertex.operation-timeout); it goes on, and the next attempt waits for it");
            }
            tell.accept("waits for Vertex AI since " + waited.toSeconds() + " s: " + begun.getName());
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
