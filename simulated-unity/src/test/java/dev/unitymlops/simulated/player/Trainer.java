package dev.unitymlops.simulated.player;

import dev.unitymlops.simulated.wire.AgentActionProto;
import dev.unitymlops.simulated.wire.AgentInfoProto;
import dev.unitymlops.simulated.wire.CommandProto;
import dev.unitymlops.simulated.wire.HeaderProto;
import dev.unitymlops.simulated.wire.UnityInputProto;
import dev.unitymlops.simulated.wire.UnityMessageProto;
import dev.unitymlops.simulated.wire.UnityRLInitializationInputProto;
import dev.unitymlops.simulated.wire.UnityRLInputProto;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The trainer's side of the wire, led by a test: take what the player says, then answer it. */
final class Trainer implements AutoCloseable {

    static final String BEHAVIOR = "Reach?team=0";

    private record Call(UnityMessageProto message, StreamObserver<UnityMessageProto> answer) {}

    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final Server server;
    private final int port;
    private Call open;

    Trainer() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerServiceDefinition.builder("communicator_objects.UnityToExternalProto")
                        .addMethod(
                                TrainerLink.EXCHANGE,
                                ServerCalls.asyncUnaryCall((message, answer) -> calls.add(new Call(message, answer))))
                        .build())
                .build()
                .start();
        port = server.getPort();
    }

    int port() {
        return port;
    }

    /** What the player says next. */
    UnityMessageProto hear() throws InterruptedException {
        open = calls.poll(180, TimeUnit.SECONDS);
        if (open == null) {
            throw new AssertionError("the player says nothing");
        }
        return open.message();
    }

    /** The agents' part of what the player says next. */
    List<AgentInfoProto> hearAgents() throws InterruptedException {
        return hear().getUnityOutput()
                .getRlOutput()
                .getAgentInfosOrThrow(BEHAVIOR)
                .getValueList();
    }

    void answer(UnityMessageProto message) {
        open.answer().onNext(message);
        open.answer().onCompleted();
    }

    void answer(UnityRLInputProto.Builder input) {
        answer(ok(UnityInputProto.newBuilder().setRlInput(input)));
    }

    void greet(int seed, int areas) throws InterruptedException {
        hear();
        answer(ok(UnityInputProto.newBuilder()
                .setRlInitializationInput(UnityRLInitializationInputProto.newBuilder()
                        .setSeed(seed)
                        .setNumAreas(areas)
                        .setCommunicationVersion("1.5.0"))));
    }

    /** Greets, waits until the player is ready and sends the first reset. */
    void begin(int seed) throws InterruptedException {
        greet(seed, 1);
        hear();
        reset();
    }

    void reset() {
        answer(UnityRLInputProto.newBuilder().setCommand(CommandProto.RESET));
    }

    void act(List<AgentActionProto> actions) {
        answer(UnityRLInputProto.newBuilder()
                .putAgentActions(
                        BEHAVIOR,
                        UnityRLInputProto.ListAgentActionProto.newBuilder()
                                .addAllValue(actions)
                                .build()));
    }

    void stop() {
        answer(UnityMessageProto.newBuilder()
                .setHeader(HeaderProto.newBuilder().setStatus(400))
                .build());
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static UnityMessageProto ok(UnityInputProto.Builder input) {
        return UnityMessageProto.newBuilder()
                .setHeader(HeaderProto.newBuilder().setStatus(200))
                .setUnityInput(input)
                .build();
    }
}
