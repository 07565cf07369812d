package dev.unitymlops.cli.workers;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.records.ReadToEnd;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.terminal.Table;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.runtime.EventDecoder;
import dev.unitymlops.runtime.EventDecoder.Decoded;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.runtime.Unreachable;
import dev.unitymlops.schemas.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mlops workers}. */
@Command(name = "workers", description = "Show the workers of all stages, and what they work on.")
public final class WorkersCommand implements Callable<Integer> {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration LEASE_OF_UP = Duration.ofSeconds(10);

    private final Say say;
    private final FindCluster find;
    private final Clock clock;

    @Option(
            names = "--lease",
            paramLabel = "SECONDS",
            description = "The services' worker.lease; a worker that was not heard of for three of them is silent."
                    + " Default: 10 for `mlops up`, else 30.")
    private @Nullable Integer lease;

    public WorkersCommand(Say say, FindCluster find, Clock clock) {
        this.say = say;
        this.find = find;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Cluster cluster = find.find();
        Duration silence = lease(cluster);
        List<WorkerRow> rows = presences(cluster).values().stream()
                .map(presence -> WorkerRow.of(presence, clock.instant(), silence))
                .sorted(WorkerRow.ORDER)
                .toList();
        if (say.json()) {
            rows.forEach(row -> say.answer(row, ""));
        } else {
            say.text(rows.isEmpty() ? "No worker is there." : table(rows));
        }
        return ExitCode.DONE.code();
    }

    private Duration lease(Cluster cluster) {
        if (lease != null) {
            return Duration.ofSeconds(lease);
        }
        return cluster.local().isPresent() ? LEASE_OF_UP : LEASE;
    }

    /** The last word of each worker that has not said goodbye. */
    private static Map<String, WorkerPresence> presences(Cluster cluster) throws InterruptedException {
        var decoder = new EventDecoder<>(cluster.clients().deserializer(), WorkerPresence.class);
        var latest = new HashMap<String, WorkerPresence>();
        new ReadToEnd(cluster).each(List.of(Topics.WORKERS), record -> {
            if (record.key() == null) {
                return;
            }
            String worker = new String(record.key(), StandardCharsets.UTF_8);
            WorkerPresence presence = presence(record, decoder);
            if (presence == null) {
                latest.remove(worker);
            } else {
                latest.put(worker, presence);
            }
        });
        return latest;
    }

    /** Null for a tombstone, and for what cannot be read: a worker speaks again within a lease. */
    private static @Nullable WorkerPresence presence(
            ConsumerRecord<byte[], byte[]> record, EventDecoder<WorkerPresence> decoder) {
        if (record.value() == null) {
            return null;
        }
        return switch (decoder.decode(record)) {
            case Decoded.Event<WorkerPresence> event -> event.value();
            case Decoded.Unreadable<WorkerPresence> unreadable -> null;
            case Decoded.RegistryDown<WorkerPresence> down ->
                throw new Unreachable(
                        "The schema registry does not answer: " + down.reason().getMessage(), down.reason());
        };
    }

    private static String table(List<WorkerRow> rows) {
        var table = new Table("STAGE", "HOST", "PID", "STATE", "SLOTS", "LABELS", "RUNS");
        for (WorkerRow row : rows) {
            table.row(
                    row.stage(),
                    row.host(),
                    String.valueOf(row.pid()),
                    row.state(),
                    row.running().size() + "/" + row.slots(),
                    row.labels().isEmpty() ? "-" : String.join(",", row.labels()),
                    row.runs());
        }
        return table.text();
    }
}
