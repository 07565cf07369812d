package dev.unitymlops.runtime;

import java.time.Duration;

/**
 * A part of a service that is started and ended with it. One thread calls {@code start} and {@code close}; {@code drain}
 * comes between them on a thread of its own, {@code check} from any thread at any time.
 */
public interface Component {
    /** Short and fixed, for logs and {@code /health}. */
    String name();

    /**
     * Begins the work and returns when it is under way. What was opened is closed by {@link #close}, also when this
     * fails.
     *
     * @param onFatal to be told, from any thread, when the component cannot go on: it ends the whole process
     */
    void start(OnFatal onFatal) throws Exception;

    /**
     * Takes no new work and lets what runs come to an end, for at most this long. All components of a process drain side
     * by side; none is closed before.
     */
    default void drain(Duration atMost) throws InterruptedException {}

    /** Ends at once whatever still runs and frees everything. Called once, also after a failed start. */
    void close();

    Health check();
}
