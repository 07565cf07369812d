package dev.unitymlops.cli.schedules;

import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.terminal.Table;
import dev.unitymlops.runtime.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mlops ticks}. */
@Command(name = "ticks", description = "List the ticks of a schedule: fired, or skipped and why.")
public final class TicksCommand implements Callable<Integer> {
    private final Say say;
    private final FindCluster find;

    @Parameters(paramLabel = "SCHEDULE", description = "A schedule's id; it may have been removed since.")
    private String schedule = "";

    public TicksCommand(Say say, FindCluster find) {
        this.say = say;
        this.find = find;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<TickRow> rows = new ArrayList<>();
        new ReadSchedules(find.find()).ticks(tick -> {
            if (tick.getScheduleId().equals(schedule)) {
                rows.add(TickRow.of(tick));
            }
        });
        if (say.json()) {
            rows.forEach(row -> say.answer(row, ""));
        } else {
            say.text(rows.isEmpty() ? "Schedule " + schedule + " has no ticks yet." : table(rows));
        }
        return ExitCode.DONE.code();
    }

    private static String table(List<TickRow> rows) {
        var table = new Table("TICK", "ORIGIN", "DECISION", "LATE", "WHAT");
        rows.forEach(row -> table.row(
                row.tickAt().toString(), row.origin(), row.decision(), row.lateMillis() + " ms", row.outcome()));
        return table.text();
    }
}
