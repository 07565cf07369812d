package dev.unitymlops.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;

/**
 * The sockets of a broker, bound before it starts: so the ports are known when its configuration is written, and nobody
 * can take them in between. Kafka closes what it was handed.
 */
final class LoopbackListeners implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final ServerSocketChannel clients;
    private final ServerSocketChannel controller;

    private LoopbackListeners(ServerSocketChannel clients, ServerSocketChannel controller) {
        this.clients = clients;
        this.controller = controller;
    }

    static LoopbackListeners bind(int clientPort) {
        try {
            ServerSocketChannel clients = bound(clientPort);
            try {
                return new LoopbackListeners(clients, bound(0));
            } catch (IOException e) {
                clients.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "The broker cannot listen on 127.0.0.1:" + clientPort + ": " + e.getMessage()
                            + ". Stop what uses this port, or choose another, or 0 for any free one.",
                    e);
        }
    }

    int clientPort() {
        return clients.socket().getLocalPort();
    }

    int controllerPort() {
        return controller.socket().getLocalPort();
    }

    /** Hands over the bound socket for a port that {@link #clientPort} or {@link #controllerPort} named. */
    ServerSocketChannel take(int port) {
        if (port == clientPort()) {
            return clients;
        }
        if (port == controllerPort()) {
            return controller;
        }
        throw new IllegalArgumentException("No socket was bound for port " + port);
    }

    @Override
    public void close() {
        try (clients;
                controller) {
            // both are closed by leaving this block, the second even when the first fails
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InetAddress loopback() {
        try {
            return InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError("Four bytes are an address", e);
        }
    }

    private static ServerSocketChannel bound(int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            return channel.bind(new InetSocketAddress(loopback(), port), BACKLOG);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
