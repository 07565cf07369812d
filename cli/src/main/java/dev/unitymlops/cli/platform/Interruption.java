package dev.unitymlops.cli.platform;

import dev.unitymlops.runtime.ExitCode;
import java.util.concurrent.CompletableFuture;

/**
 * SIGINT and SIGTERM: the command's thread is told and comes to its end in its own order; only then does the process end.
 * Until {@link #patient} the thread is interrupted, afterwards it asks by itself.
 */
final class Interruption implements AutoCloseable {
    private final Thread commandThread = Thread.currentThread();
    private final CompletableFuture<Void> signal = new CompletableFuture<>();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private final ExitCode code;
    private final Thread hook = new Thread(this::onSignal, "on-signal");
    private boolean patient;

    /**
     * From now on.
     *
     * @param code what the process ends with when a signal came
     */
    Interruption(ExitCode code) {
        this.code = code;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean asked() {
        return signal.isDone();
    }

    /** Completes when a signal has come. */
    CompletableFuture<Void> signal() {
        return signal.copy();
    }

    /**
     * From now on a signal interrupts nothing.
     *
     * @throws InterruptedException when one has come before
     */
    synchronized void patient() throws InterruptedException {
        patient = true;
        if (asked() || Thread.interrupted()) {
            throw new InterruptedException("interrupted");
        }
    }

    /** For people: what a signal has come to when the command ended by an exception, of whatever kind the interrupt made. */
    synchronized String told(Exception end) {
        return patient
                ? "Interrupted, and then stopped by an error: " + end
                : "Interrupted before the job was started; nothing of it runs.";
    }

    private void onSignal() {
        synchronized (this) {
            if (finished.isDone()) {
                return;
            }
            signal.complete(null);
            if (!patient) {
                commandThread.interrupt();
            }
        }
        finished.join();
        // A JVM that ends by a signal would exit with 128 plus its number.
        Runtime.getRuntime().halt(code.code());
    }

    /** The command has ended everything. A JVM that is on its way down does not let go of its hooks any more. */
    @Override
    public synchronized void close() {
        finished.complete(null);
        if (!asked()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // A signal has come just now: the hook sees that all has ended, and returns.
                patient = true;
            }
        }
    }
}
