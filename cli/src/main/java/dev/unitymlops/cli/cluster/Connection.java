package dev.unitymlops.cli.cluster;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a running {@code mlops up} is reached.
 *
 * @param ops base URL of /metrics and /health; null when switched off
 * @param artifacts root of its artifact store
 * @param log file of its services
 * @param pid its process
 * @param started when that process started, to the second: a number is given out again
 */
public record Connection(
        String bootstrapServers,
        String schemaRegistryUrl,
        @Nullable String ops,
        String artifacts,
        String log,
        long pid,
        String started) {

    /** When a process started, as it stands in {@link #started}; empty text where the system does not tell. */
    public static String startOf(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(instant -> instant.truncatedTo(ChronoUnit.SECONDS))
                .map(Instant::toString)
                .orElse("");
    }

    /** Whether its process is still there. */
    boolean alive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> started.isEmpty() || startOf(process).equals(started))
                .isPresent();
    }
}
