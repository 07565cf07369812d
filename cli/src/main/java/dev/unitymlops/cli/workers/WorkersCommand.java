package dev.unitymlops.cli.workers;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.queues.ReadQueues;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.terminal.Table;
import dev.unitymlops.runtime.ExitCode;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
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

    public WorkersCommand(Say say, FindCluster find, Clock clock) {
        this.say = say;
        this.find = find;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<WorkerRow> rows = rows(find.find());
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
        return ExitCode.DONE.code();
    }

    private List<WorkerRow> rows(Cluster cluster) throws InterruptedException {
        try (var workers = ReadQueues.ofWorkers(cluster)) {
            return workers.queues().workers().stream()
                    .map(presence -> WorkerRow.of(presence, clock.instant()))
                    .sorted(WorkerRow.ORDER)
                    .toList();
        }
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
