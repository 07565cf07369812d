package dev.unitymlops.runtime;

import java.time.Duration;

/**
 * A part of a service that is started and ended with it. The service calls {@code start}, {@code drain} and {@code
 * close} on one thread, in this order; {@code check} may come from any thread at any time.
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
     * Takes no new work and lets what runs come to an end, for at most this long. All components drain before any is
     * closed, last started first.
     */
    default void drain(Duration atMost) throws InterruptedException {}

    /** Ends at once whatever still runs and frees everything. Called once, also after a failed start. */
    void close();

    Health check();
}
