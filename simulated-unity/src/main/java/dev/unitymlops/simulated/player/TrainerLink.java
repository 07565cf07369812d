package dev.unitymlops.simulated.player;

import dev.unitymlops.simulated.wire.UnityMessageProto;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.lite.ProtoLiteUtils;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The connection to the trainer, which is the server. One exchange at a time; {@link #close} from any thread ends it. */
final class TrainerLink implements AutoCloseable {

    /** The only call of the communicator protocol. */
    static final MethodDescriptor<UnityMessageProto, UnityMessageProto> EXCHANGE =
            MethodDescriptor.<UnityMessageProto, UnityMessageProto>newBuilder()
                    .setType(MethodType.UNARY)
                    .setFullMethodName("communicator_objects.UnityToExternalProto/Exchange")
                    .setRequestMarshaller(ProtoLiteUtils.marshaller(UnityMessageProto.getDefaultInstance()))
                    .setResponseMarshaller(ProtoLiteUtils.marshaller(UnityMessageProto.getDefaultInstance()))
                    .build();

    private static final int MAX_INBOUND_BYTES = 64 * 1024 * 1024;

    private final ManagedChannel channel;

    private TrainerLink(ManagedChannel channel) {
        this.channel = channel;
    }

    /** Does not connect yet; the first exchange does. */
    static TrainerLink to(int port) {
        return new TrainerLink(NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .maxInboundMessageSize(MAX_INBOUND_BYTES)
                .directExecutor()
                .build());
    }

    /** The first exchange: waits for the trainer to listen and to answer, but no longer than the bound. */
    UnityMessageProto greet(UnityMessageProto message, Duration bound) {
        return exchange(
                message,
                CallOptions.DEFAULT.withWaitForReady().withDeadlineAfter(bound.toMillis(), TimeUnit.MILLISECONDS));
    }

    /**
     * Without a deadline: between two steps a trainer may compute for minutes.
     *
     * @throws StatusRuntimeException when the trainer is gone or this link was closed
     */
    UnityMessageProto exchange(UnityMessageProto message) {
        return exchange(message, CallOptions.DEFAULT);
    }

    private UnityMessageProto exchange(UnityMessageProto message, CallOptions options) {
        return ClientCalls.blockingUnaryCall(channel, EXCHANGE, options, message);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
