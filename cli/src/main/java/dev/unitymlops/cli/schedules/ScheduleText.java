package dev.unitymlops.cli.schedules;

import java.util.ArrayList;
import java.util.List;

/** A schedule for people. */
final class ScheduleText {
    private ScheduleText() {}

    static String of(ScheduleRow row) {
        List<String> lines = new ArrayList<>();
        lines.add("schedule    " + row.scheduleId() + ", " + row.state() + ", version " + row.version());
        lines.add("cron        " + row.cronExpression() + " (" + row.dialect() + ") in " + row.timeZone());
        lines.add("assets      " + String.join(", ", row.assets()) + (row.dryRun() ? " (dry runs)" : ""));
        lines.add("policies    missed ticks: " + row.missedTicks() + ", overlap: " + row.overlap() + ", at once: "
                + (row.maxConcurrentJobs() == null ? "no limit of its own" : row.maxConcurrentJobs()));
        TickRow last = row.lastTick();
        lines.add("last tick   "
                + (last == null ? "none yet" : last.tickAt() + " " + last.decision() + ": " + last.outcome()));
        lines.add("next tick   " + (row.nextTick() == null ? "none" : row.nextTick()));
        return String.join("\n", lines);
    }
}
