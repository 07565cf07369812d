package dev.unitymlops.stage.coordinator;

import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.TickCommand;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures a holder's silence in echoes of the coordinator's own ticks, not in clock time: while the broker is away or
 * the process is paused no echo comes back, so nobody's lease runs out.
 *
 * <p>One object per task, used on its thread only.
 */
final class Echoes {

    private static final int ECHOES_OF_A_LEASE = 4;

    private final int partition;
    private final long quarterLeaseNanos;
    private final LongSupplier nanoTime;
    private final String task = UUID.randomUUID().toString();
    private final Map<String, Long> heardAt = new HashMap<>();
    private long echoes;
    private long sequence;
    private @Nullable Long outstanding;
    private long lastSent;

    Echoes(int partition, Duration lease, LongSupplier nanoTime) {
        this.partition = partition;
        this.quarterLeaseNanos = lease.toNanos() / ECHOES_OF_A_LEASE;
        this.nanoTime = nanoTime;
    }

    /** The job's holder reported, or was just made its holder. */
    void heard(String jobId) {
        heardAt.put(jobId, echoes);
    }

    /** The job has no holder any more. */
    void released(String jobId) {
        heardAt.remove(jobId);
    }

    /** The tick to send now, if one is due: somebody holds a job, the last tick came back, a quarter of a lease passed. */
    Optional<StageCommand> due() {
        long now = nanoTime.getAsLong();
        if (heardAt.isEmpty() || outstanding != null || (sequence > 0 && now - lastSent < quarterLeaseNanos)) {
            return Optional.empty();
        }
        lastSent = now;
        outstanding = ++sequence;
        return Optional.of(new StageCommand(new TickCommand(partition, task, sequence)));
    }

    /** Whether nobody holds a job, and so no tick will be due. */
    boolean idle() {
        return heardAt.isEmpty();
    }

    /** A tick came back; returns the jobs whose holder has been silent for a whole lease. */
    List<String> cameBack(Command.Tick tick) {
        if (!tick.task().equals(task) || outstanding == null || tick.sequence() != outstanding) {
            return List.of();
        }
        outstanding = null;
        echoes++;
        return heardAt.entrySet().stream()
                .filter(holder -> echoes - holder.getValue() > ECHOES_OF_A_LEASE)
                .map(Map.Entry::getKey)
                .toList();
    }
}
