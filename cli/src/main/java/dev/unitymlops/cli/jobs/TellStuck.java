package dev.unitymlops.cli.jobs;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.queues.Queues;
import dev.unitymlops.cli.queues.ReadQueues;
import dev.unitymlops.cli.queues.Stuck;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Tells once that a job has come to wait for a worker that is not there, and once that it no longer does. One thread. */
final class TellStuck implements AutoCloseable {
    private final ReadQueues read;
    private final Clock clock;
    private final BiFunction<Queues, Instant, Map<String, Stuck>> ask;
    private final Listener listener;
    private final Map<String, Stuck> told = new HashMap<>();

    /** What is told. */
    @FunctionalInterface
    interface Listener {
        /** Tells what has become of a job; {@code stuck} is null when it waits for nobody any more. */
        void changed(String jobId, @Nullable Stuck stuck);
    }

    private TellStuck(
            Cluster cluster, Clock clock, BiFunction<Queues, Instant, Map<String, Stuck>> ask, Listener listener)
            throws InterruptedException {
        this.read = ReadQueues.of(cluster);
        this.clock = clock;
        this.ask = ask;
        this.listener = listener;
    }

    static TellStuck ofAll(Cluster cluster, Clock clock, Listener listener) throws InterruptedException {
        return new TellStuck(cluster, clock, Queues::stuck, listener);
    }

    static TellStuck of(String jobId, Cluster cluster, Clock clock, Listener listener) throws InterruptedException {
        return new TellStuck(
                cluster,
                clock,
                (queues, now) -> queues.stuck(jobId, now)
                        .map(stuck -> Map.of(jobId, stuck))
                        .orElse(Map.of()),
                listener);
    }

    /** Looks at what has come since, without waiting for more, and at who has fallen silent. */
    void look() throws InterruptedException {
        read.readOn();
        Map<String, Stuck> now = ask.apply(read.queues(), clock.instant());
        for (String jobId : Set.copyOf(told.keySet())) {
            if (!now.containsKey(jobId)) {
                told.remove(jobId);
                listener.changed(jobId, null);
            }
        }
        now.forEach((jobId, stuck) -> {
            if (!stuck.equals(told.put(jobId, stuck))) {
                listener.changed(jobId, stuck);
            }
        });
    }

    @Override
    public void close() {
        read.close();
    }
}
