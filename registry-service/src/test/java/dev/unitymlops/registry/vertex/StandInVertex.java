package dev.unitymlops.registry.vertex;

import com.google.cloud.aiplatform.v1.DeleteModelVersionRequest;
import com.google.cloud.aiplatform.v1.GetModelRequest;
import com.google.cloud.aiplatform.v1.ListModelVersionsRequest;
import com.google.cloud.aiplatform.v1.ListModelVersionsResponse;
import com.google.cloud.aiplatform.v1.ListModelsRequest;
import com.google.cloud.aiplatform.v1.ListModelsResponse;
import com.google.cloud.aiplatform.v1.MergeVersionAliasesRequest;
import com.google.cloud.aiplatform.v1.Model;
import com.google.cloud.aiplatform.v1.ModelServiceGrpc;
import com.google.cloud.aiplatform.v1.UpdateModelRequest;
import com.google.cloud.aiplatform.v1.UploadModelRequest;
import com.google.longrunning.CancelOperationRequest;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.ListOperationsRequest;
import com.google.longrunning.ListOperationsResponse;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsGrpc;
import com.google.protobuf.Empty;
import dev.unitymlops.cloudstorage.Endpoint;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Vertex AI's model service on loopback: Google's published service definitions over real gRPC, over a {@link
 * StandInModels} that behaves as Google documents it. It fails as its {@link Faults} say.
 */
final class StandInVertex implements AutoCloseable {

    private static final int PAGE = 7;

    private final StandInModels models;
    private final Server server;
    private final Faults faults;
    private volatile Optional<StatusRuntimeException> refusal = Optional.empty();
    private volatile Consumer<UploadModelRequest> onUpload = request -> {};

    StandInVertex(Faults faults) throws IOException {
        this.faults = faults;
        this.models = new StandInModels(faults);
        this.server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(new ModelService())
                .addService(new Operations())
                .build()
                .start();
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", server.getPort(), true);
    }

    StandInModels models() {
        return models;
    }

    /** Every call from now on is refused so. */
    void refuse(StatusRuntimeException with) {
        refusal = Optional.of(with);
    }

    /** Told of each upload that was taken, before it is answered. */
    void onUpload(Consumer<UploadModelRequest> listener) {
        onUpload = listener;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private <T> void answer(StreamObserver<T> observer, Supplier<T> act) {
        Optional<Faults.Fault> fault = faults.next();
        try {
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            if (fault.isPresent() && !fault.get().acted()) {
                throw fault.get().status().asRuntimeException();
            }
            T result = act.get();
            if (fault.isPresent()) {
                throw fault.get().status().withDescription("after having acted").asRuntimeException();
            }
            observer.onNext(result);
            observer.onCompleted();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
        }
    }

    private static <T> List<T> page(List<T> all, String token) {
        int from = token.isEmpty() ? 0 : Integer.parseInt(token);
        return all.subList(Math.min(from, all.size()), Math.min(from + PAGE, all.size()));
    }

    private static String next(List<?> all, String token) {
        int to = (token.isEmpty() ? 0 : Integer.parseInt(token)) + PAGE;
        return to < all.size() ? String.valueOf(to) : "";
    }

    private final class ModelService extends ModelServiceGrpc.ModelServiceImplBase {

        @Override
        public void uploadModel(UploadModelRequest request, StreamObserver<Operation> observer) {
            answer(observer, () -> {
                Operation begun = models.upload(request);
                onUpload.accept(request);
                return begun;
            });
        }

        @Override
        public void getModel(GetModelRequest request, StreamObserver<Model> observer) {
            answer(observer, () -> models.get(request.getName()));
        }

        @Override
        public void listModelVersions(
                ListModelVersionsRequest request, StreamObserver<ListModelVersionsResponse> observer) {
            answer(observer, () -> {
                List<Model> all = models.listed(request.getName());
                return ListModelVersionsResponse.newBuilder()
                        .addAllModels(page(all, request.getPageToken()))
                        .setNextPageToken(next(all, request.getPageToken()))
                        .build();
            });
        }

        @Override
        public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> observer) {
            answer(observer, () -> {
                List<Model> all = models.models(request.getFilter());
                return ListModelsResponse.newBuilder()
                        .addAllModels(page(all, request.getPageToken()))
                        .setNextPageToken(next(all, request.getPageToken()))
                        .build();
            });
        }

        @Override
        public void updateModel(UpdateModelRequest request, StreamObserver<Model> observer) {
            answer(
                    observer,
                    () -> models.update(
                            request.getModel(), request.getUpdateMask().getPathsList()));
        }

        @Override
        public void deleteModelVersion(DeleteModelVersionRequest request, StreamObserver<Operation> observer) {
            answer(observer, () -> models.delete(request.getName()));
        }

        @Override
        public void mergeVersionAliases(MergeVersionAliasesRequest request, StreamObserver<Model> observer) {
            answer(observer, () -> models.alias(request.getName(), request.getVersionAliasesList()));
        }
    }

    private final class Operations extends OperationsGrpc.OperationsImplBase {

        @Override
        public void getOperation(GetOperationRequest request, StreamObserver<Operation> observer) {
            answer(observer, () -> models.operation(request.getName()));
        }

        @Override
        public void cancelOperation(CancelOperationRequest request, StreamObserver<Empty> observer) {
            answer(observer, () -> models.cancel(request.getName()));
        }

        @Override
        public void listOperations(ListOperationsRequest request, StreamObserver<ListOperationsResponse> observer) {
            answer(observer, () -> {
                List<Operation> all = models.operations(request.getName());
                return ListOperationsResponse.newBuilder()
                        .addAllOperations(page(all, request.getPageToken()))
                        .setNextPageToken(next(all, request.getPageToken()))
                        .build();
            });
        }
    }
}
