package dev.unitymlops.stage.worker;

import dev.unitymlops.events.StageWork;
import dev.unitymlops.stage.worker.RunAttempt.End;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The attempts that a worker runs, each on a thread of its own. Thread-safe. */
final class Attempts implements AutoCloseable {

    private final String stage;
    private final RunAttempt<?, ?> run;
    private final Capacity capacity;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Runnable onEnd;
    private final Map<String, RunningAttempt> running = new ConcurrentHashMap<>();
    private final ExecutorService threads;
    private volatile boolean ending;

    /**
     * None yet.
     *
     * @param onEnd called on the attempt's thread when its slot is free again
     */
    Attempts(
            String stage, RunAttempt<?, ?> run, Capacity capacity, MeterRegistry metrics, Clock clock, Runnable onEnd) {
        this.stage = stage;
        this.run = run;
        this.capacity = capacity;
        this.metrics = metrics;
        this.clock = clock;
        this.onEnd = onEnd;
        this.threads = Executors.newCachedThreadPool(
                Thread.ofPlatform().name(stage + "-attempt-", 0).factory());
    }

    @Nullable
    RunningAttempt of(String jobId) {
        return running.get(jobId);
    }

    Collection<RunningAttempt> all() {
        return List.copyOf(running.values());
    }

    /** Starts the attempt that the committed record permits, in a slot that was taken for it. */
    void start(String jobId, StageWork held, int slot) {
        RunningAttempt attempt = new RunningAttempt(jobId, held, slot, clock.instant());
        running.put(jobId, attempt);
        if (ending) {
            attempt.stop(StopReason.DRAINED);
        }
        threads.execute(() -> run(attempt));
    }

    private void run(RunningAttempt attempt) {
        attempt.runsHere();
        Timer.Sample sample = Timer.start(metrics);
        End end = End.ABANDONED;
        try (var job = MDC.putCloseable("jobId", attempt.jobId());
                var where = MDC.putCloseable("stage", stage);
                var number = MDC.putCloseable("attempt", Integer.toString(attempt.number()))) {
            end = run.run(attempt);
        } finally {
            attempt.over();
            // The flag of a stop that came too late must not reach the next attempt on this thread.
            Thread.interrupted();
            sample.stop(Timer.builder("mlops.stage.attempts")
                    .description("How long attempts took, by how they ended")
                    .tag("stage", stage)
                    .tag("outcome", end.name().toLowerCase(Locale.ROOT))
                    .register(metrics));
            over(attempt);
            onEnd.run();
        }
    }

    private synchronized void over(RunningAttempt attempt) {
        running.remove(attempt.jobId(), attempt);
        capacity.giveBack(attempt.slot());
        notifyAll();
    }

    void stopAll(StopReason reason) {
        running.values().forEach(attempt -> attempt.stop(reason));
    }

    /** Waits until none runs; returns whether that came true in time. */
    synchronized boolean await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!running.isEmpty()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /** Stops those that run, and any that still starts, and waits for them. */
    void end() throws InterruptedException {
        ending = true;
        stopAll(StopReason.DRAINED);
        await(StopReason.DRAINED.grace().plusSeconds(5));
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
