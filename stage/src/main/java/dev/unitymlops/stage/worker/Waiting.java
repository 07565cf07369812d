package dev.unitymlops.stage.worker;

import dev.unitymlops.events.StageWork;
import java.util.Comparator;

/**
 * A queued job in the order in which a stage's jobs are taken.
 *
 * @param order as the coordinator has set it: the least is taken first
 */
public record Waiting(long order, String jobId) implements Comparable<Waiting> {

    private static final Comparator<Waiting> ORDER =
            Comparator.comparingLong(Waiting::order).thenComparing(Waiting::jobId);

    /** A record that does not say its place is of an older version: it counts as of the lowest priority. */
    public static Waiting of(String jobId, StageWork work) {
        Long order = work.getQueueOrder();
        return new Waiting(order == null ? work.getSince() : order, jobId);
    }

    @Override
    public int compareTo(Waiting other) {
        return ORDER.compare(this, other);
    }
}
