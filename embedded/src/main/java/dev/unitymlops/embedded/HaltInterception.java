package dev.unitymlops.embedded;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Kafka ends the JVM when it loses its log directory. In this JVM live others as well: what it wants to do goes to the
 * brokers that run here, and the thread that asked for it ends with an error.
 */
final class HaltInterception {
    private static final Set<EmbeddedBroker> RUNNING = ConcurrentHashMap.newKeySet();

    private HaltInterception() {}

    static void cover(EmbeddedBroker broker) {
        RUNNING.add(broker);
        Exit.setHaltProcedure(HaltInterception::tell);
        Exit.setExitProcedure(HaltInterception::tell);
    }

    static void uncover(EmbeddedBroker broker) {
        RUNNING.remove(broker);
    }

    private static void tell(int status, @Nullable String message) {
        String reason = message == null ? "status " + status : message;
        IllegalStateException halt = new IllegalStateException("Kafka wanted to end this process: " + reason);
        RUNNING.forEach(broker -> broker.haltRequested(halt));
        throw halt;
    }
}
