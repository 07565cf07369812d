package dev.unitymlops.simulated.player;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Sees to it that a player does not outlive who started it. The parent is the trainer's worker process: when it ends, the
 * player ends at once. Its parent is the trainer: when that was killed, the worker may wait for it for ever, so the player
 * ends when no exchange has come for a while since. (A worker that was only handed over to another parent keeps exchanging.)
 */
final class AncestorWatch implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final int SILENT_CHECKS = 6;

    private final Optional<Long> parent = parent();
    private final Optional<Long> grandparent = grandparent();
    private final LongSupplier exchanges;
    private final Runnable orphaned;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ancestor-watch").daemon().factory());
    private long lastExchanges = -1;
    private int silentChecks;

    private AncestorWatch(LongSupplier exchanges, Runnable orphaned) {
        this.exchanges = exchanges;
        this.orphaned = orphaned;
    }

    /** @param orphaned called once, on the watch's thread */
    static AncestorWatch start(LongSupplier exchanges, Runnable orphaned) {
        AncestorWatch watch = new AncestorWatch(exchanges, orphaned);
        var unused = watch.thread.scheduleWithFixedDelay(
                watch::check, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    private void check() {
        if (!parent().equals(parent) || trainerGone()) {
            thread.shutdown();
            orphaned.run();
        }
    }

    private boolean trainerGone() {
        long now = exchanges.getAsLong();
        boolean quiet = now == lastExchanges && !grandparent().equals(grandparent);
        silentChecks = quiet ? silentChecks + 1 : 0;
        lastExchanges = now;
        return silentChecks >= SILENT_CHECKS;
    }

    /** A dead process has no children, even while nobody has collected it: its pid is no good sign, its children's is. */
    private static Optional<Long> parent() {
        return ProcessHandle.current().parent().map(ProcessHandle::pid);
    }

    private static Optional<Long> grandparent() {
        return ProcessHandle.current().parent().flatMap(ProcessHandle::parent).map(ProcessHandle::pid);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
