package dev.unitymlops.system.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Ports for what is started again on the same one. They are below those that the system gives out to clients (32768 on
 * Linux): else a client may have it when the broker comes back, or a client that calls a broker which is away may be
 * connected with itself.
 */
final class Ports {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    private Ports() {}

    /** Some that nobody listens on at this moment. */
    static List<Integer> free(int count) throws IOException {
        Set<Integer> ports = new LinkedHashSet<>();
        while (ports.size() < count) {
            ports.add(free());
        }
        return List.copyOf(ports);
    }

    /** One that nobody listens on at this moment. */
    static int free() throws IOException {
        RandomGenerator random = RandomGenerator.getDefault();
        for (int tries = 1; ; tries++) {
            int port = random.nextInt(FIRST, LAST);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                if (tries == 100) {
                    throw e;
                }
            }
        }
    }
}
