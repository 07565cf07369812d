package dev.unitymlops.system.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The network between one member and the broker. Cut, it loses no byte and delivers none, as a network does whose
 * packets are sent again: neither end is told, and what was under way arrives when it is whole again. Threads: virtual
 * ones of its own; any may call.
 */
final class Link implements AutoCloseable {
    private final ServerSocket server;
    private final InetSocketAddress broker;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition whole = lock.newCondition();
    private boolean cut;

    /**
     * Listens at once.
     *
     * @param address the member's own name for the broker, an address of the loopback network
     * @param port the broker's, and this link's
     */
    Link(InetAddress address, int port) throws IOException {
        this.server = new ServerSocket(port, 128, address);
        this.broker = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return server.getInetAddress().getHostAddress();
    }

    void cut() {
        lock.lock();
        try {
            cut = true;
        } finally {
            lock.unlock();
        }
    }

    void mend() {
        lock.lock();
        try {
            cut = false;
            whole.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new IllegalStateException("The link at " + address() + " takes no more connections", e);
                }
            }
        }
    }

    private void connect(Socket client) {
        Socket onward = new Socket();
        sockets.add(onward);
        try {
            awaitWhole();
            onward.connect(broker);
            onward.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
        } catch (IOException | InterruptedException e) {
            // the broker is away: the member is told as it would be without a link
            part(client, onward);
            return;
        }
        Thread.ofVirtual().start(() -> carry(client, onward));
        carry(onward, client);
    }

    private void carry(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16_384];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitWhole();
                out.write(buffer, 0, read);
            }
            awaitWhole();
        } catch (IOException | InterruptedException e) {
            // one end is gone: the other learns it below
        } finally {
            part(from, to);
        }
    }

    private void awaitWhole() throws InterruptedException {
        lock.lock();
        try {
            while (cut) {
                whole.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void part(Socket one, Socket other) {
        for (Socket socket : new Socket[] {one, other}) {
            sockets.remove(socket);
            try {
                socket.close();
            } catch (IOException e) {
                throw new IllegalStateException("A socket cannot be closed", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        mend();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
