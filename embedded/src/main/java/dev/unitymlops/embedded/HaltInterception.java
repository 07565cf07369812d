package dev.unitymlops.embedded;

import java.util.List;
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

    /** From now on, for the rest of this process's life: a start may lose its directory as well. */
    static void install() {
        Exit.setHaltProcedure(HaltInterception::tell);
        Exit.setExitProcedure(HaltInterception::tell);
    }

    static void cover(EmbeddedBroker broker) {
        RUNNING.add(broker);
    }

    static void uncover(EmbeddedBroker broker) {
        RUNNING.remove(broker);
    }

    private static void tell(int status, @Nullable String message) {
        String reason = message == null ? "status " + status : message;
        IllegalStateException halt = new IllegalStateException("Kafka wanted to end this process: " + reason);
        List<EmbeddedBroker> lost =
                RUNNING.stream().filter(EmbeddedBroker::hasLostItsDirectory).toList();
        // Kafka does not say whose halt it is: without a lost directory it may be anyone's
        (lost.isEmpty() ? RUNNING : lost).forEach(broker -> broker.fail(halt));
        throw halt;
    }
}
