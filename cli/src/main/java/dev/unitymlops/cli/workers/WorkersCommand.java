package dev.unitymlops.cli.workers;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.queues.Queues;
import dev.unitymlops.cli.queues.ReadQueues;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.terminal.Table;
import dev.unitymlops.events.WorkerCordon;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.stage.worker.Cordon;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mlops workers}. */
@Command(name = "workers", description = "Show the workers of all stages, and what they work on.")
public final class WorkersCommand implements Callable<Integer> {
    private final Say say;
    private final FindCluster find;
    private final Clock clock;

    @Option(names = "--all", description = "With those that are gone without a goodbye: killed, or cut off.")
    private boolean all;

    /** It with its own commands. */
    public static CommandLine with(Say say, FindCluster find, Clock clock) {
        return new CommandLine(new WorkersCommand(say, find, clock))
                .addSubcommand(new CordonCommand(say, find, clock))
                .addSubcommand(new UncordonCommand(say, find, clock));
    }

    private WorkersCommand(Say say, FindCluster find, Clock clock) {
        this.say = say;
        this.find = find;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Cluster cluster = find.find();
        List<WorkerRow> rows;
        SortedMap<String, WorkerCordon> cordons;
        try (var workers = ReadQueues.ofWorkers(cluster)) {
            rows = rows(workers.queues());
            cordons = workers.queues().cordons();
        }
        List<WorkerRow> shown =
                rows.stream().filter(row -> all || !row.isGone()).toList();
        if (say.json()) {
            shown.forEach(row -> say.answer(row, ""));
        } else {
            say.text(shown.isEmpty() ? "No worker is there." : table(shown));
        }
        if (shown.size() < rows.size()) {
            say.tell(rows.size() - shown.size() + " gone without a goodbye; --all shows them.");
        }
        Set<String> shownPlaces = shown.stream().map(WorkerRow::place).collect(Collectors.toSet());
        cordons.forEach((place, cordon) -> {
            if (!shownPlaces.contains(place)) {
                say.tell(place + " is " + Cordon.words(cordon) + "; no worker is there.");
            }
        });
        return ExitCode.DONE.code();
    }

    private List<WorkerRow> rows(Queues queues) {
        return queues.workers().stream()
                .map(presence -> WorkerRow.of(presence, clock.instant()))
                .sorted(WorkerRow.ORDER)
                .toList();
    }

    private static String table(List<WorkerRow> rows) {
        var table = new Table("STAGE", "HOST", "PID", "STATE", "SLOTS", "LABELS", "RUNS", "WHY");
        for (WorkerRow row : rows) {
            table.row(
                    row.stage(),
                    row.host(),
                    String.valueOf(row.pid()),
                    row.state(),
                    row.running().size() + "/" + row.slots(),
                    row.labels().isEmpty() ? "-" : String.join(",", row.labels()),
                    row.runs(),
                    row.paused() == null ? "" : row.paused());
        }
        return table.text();
    }
}
