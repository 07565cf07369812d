package dev.unitymlops.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** In front of a receiver: passes everything on, or resets whoever calls, while its port stays its own. */
final class Door implements AutoCloseable {

    private final ServerSocket server;
    private final Receiver behind;
    private volatile boolean open;

    /** It is shut at first. */
    Door(Receiver behind) throws IOException {
        this.behind = behind;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::listen);
    }

    void open() {
        open = true;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getLocalPort() + path;
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(caller));
            } catch (IOException e) {
                // closed: the loop ends
            }
        }
    }

    private void serve(Socket caller) {
        try (caller) {
            if (open) {
                pass(caller);
            } else {
                caller.getInputStream().read();
                // with it closing is a reset
                caller.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // one of both has hung up
        }
    }

    private void pass(Socket caller) throws IOException {
        try (Socket receiver = new Socket(InetAddress.getLoopbackAddress(), behind.port())) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    caller.getInputStream().transferTo(receiver.getOutputStream());
                } catch (IOException e) {
                    // the other direction ends as well
                }
            });
            receiver.getInputStream().transferTo(caller.getOutputStream());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
