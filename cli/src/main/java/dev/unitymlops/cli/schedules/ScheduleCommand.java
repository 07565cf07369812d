package dev.unitymlops.cli.schedules;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.EventReader;
import dev.unitymlops.cli.events.EventWriter;
import dev.unitymlops.cli.jobfile.InvalidFile;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.terminal.Table;
import dev.unitymlops.events.ScheduleTick;
import dev.unitymlops.events.TickDecision;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.job.JobDefaults;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.schedule.ScheduleFile;
import dev.unitymlops.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mlops schedule}. */
@Command(name = "schedule", description = "Train again and again: write, look at, stop and run schedules.")
public final class ScheduleCommand {
    private final Say say;
    private final FindCluster find;
    private final JobDefaults defaults;
    private final Clock clock;

    public ScheduleCommand(Say say, FindCluster find, Map<String, String> environment, Clock clock) {
        this.say = say;
        this.find = find;
        this.defaults = new JobDefaults(environment);
        this.clock = clock;
    }

    @Command(
            name = "add",
            description = "Write a schedule; one of the same id is replaced. It waits for its next tick.")
    int add(@Parameters(paramLabel = "FILE", description = "A schedule file, YAML or JSON.") Path file)
            throws IOException, InterruptedException {
        TrainingSchedule schedule = read(file);
        Cluster cluster = find.find();
        write(cluster, schedule);
        return answer(cluster, schedule.getScheduleId());
    }

    private TrainingSchedule read(Path file) {
        return switch (ScheduleFile.read(file, defaults)) {
            case ScheduleFile.Valid valid -> {
                valid.warnings().forEach(warning -> say.tell("Warning: " + warning));
                yield valid.schedule();
            }
            case ScheduleFile.Invalid invalid -> {
                ScheduleVerdict verdict = ScheduleVerdict.invalid(file, invalid.problems());
                throw new InvalidFile(verdict, verdict.text());
            }
        };
    }

    @Command(name = "list", description = "List the schedules, with their last and next tick.")
    int list() throws IOException, InterruptedException {
        var read = new ReadSchedules(find.find());
        Map<String, ScheduleTick> last = lastTicks(read);
        List<ScheduleRow> rows = read.all().values().stream()
                .map(stored -> row(stored, last.get(stored.schedule().getScheduleId())))
                .toList();
        if (say.json()) {
            rows.forEach(row -> say.answer(row, ""));
        } else {
            say.text(rows.isEmpty() ? "There are no schedules yet; mlops schedule add FILE writes one." : table(rows));
        }
        return ExitCode.DONE.code();
    }

    @Command(name = "show", description = "Show a schedule.")
    int show(@Parameters(paramLabel = "SCHEDULE", description = "A schedule's id.") String id)
            throws IOException, InterruptedException {
        return answer(find.find(), id);
    }

    @Command(name = "pause", description = "Let a schedule fire no more until it is resumed; its jobs run on.")
    int pause(@Parameters(paramLabel = "SCHEDULE", description = "A schedule's id.") String id)
            throws IOException, InterruptedException {
        return enable(id, false);
    }

    @Command(name = "resume", description = "Let a paused schedule fire again, from its next tick on.")
    int resume(@Parameters(paramLabel = "SCHEDULE", description = "A schedule's id.") String id)
            throws IOException, InterruptedException {
        return enable(id, true);
    }

    /** Nothing is written when it is so already: a new definition would wait for its next tick. */
    private int enable(String id, boolean enabled) throws IOException, InterruptedException {
        Cluster cluster = find.find();
        TrainingSchedule schedule = new ReadSchedules(cluster).named(id).schedule();
        if (schedule.getEnabled() == enabled) {
            say.tell("Schedule " + id + " is " + (enabled ? "not paused." : "paused already."));
        } else {
            write(
                    cluster,
                    TrainingSchedule.newBuilder(schedule).setEnabled(enabled).build());
        }
        return answer(cluster, id);
    }

    @Command(
            name = "remove",
            description = "Remove a schedule; its running jobs run on. One that is not there is no error.")
    int remove(@Parameters(paramLabel = "SCHEDULE", description = "A schedule's id.") String id)
            throws IOException, InterruptedException {
        Cluster cluster = find.find();
        boolean there = new ReadSchedules(cluster).all().containsKey(id);
        if (there) {
            try (var writer = new EventWriter(cluster, clock)) {
                writer.removeSchedule(id);
            }
        }
        say.answer(
                Map.of("schedule_id", id, "removed", there),
                there ? "Schedule " + id + " is removed." : "There is no schedule " + id + ": nothing to remove.");
        return ExitCode.DONE.code();
    }

    @Command(name = "run-now", description = "Ask for a tick of a schedule now, also while it is paused.")
    int runNow(@Parameters(paramLabel = "SCHEDULE", description = "A schedule's id.") String id)
            throws IOException, InterruptedException {
        Cluster cluster = find.find();
        new ReadSchedules(cluster).named(id);
        String requestId = UUID.randomUUID().toString();
        ScheduleTick tick;
        try (var reader = EventReader.fromNow(cluster, List.of(Topics.SCHEDULE_TICKS));
                var writer = new EventWriter(cluster, clock)) {
            writer.runNow(id, requestId);
            tick = AwaitTick.of(reader, requestId);
        }
        TickRow row = TickRow.of(tick);
        if (tick.getDecision() != TickDecision.FIRED) {
            say.answer(row, "");
            throw new Refused("Schedule " + id + " was not run: " + row.outcome() + ".");
        }
        say.answer(row, "Asked for " + row.outcome() + ". See mlops watch");
        return ExitCode.DONE.code();
    }

    private void write(Cluster cluster, TrainingSchedule schedule) throws InterruptedException {
        try (var writer = new EventWriter(cluster, clock)) {
            writer.schedule(schedule);
        }
    }

    private int answer(Cluster cluster, String id) throws InterruptedException {
        var read = new ReadSchedules(cluster);
        ScheduleRow row = row(read.named(id), lastTicks(read).get(id));
        say.answer(row, ScheduleText.of(row));
        return ExitCode.DONE.code();
    }

    private ScheduleRow row(StoredSchedule stored, @Nullable ScheduleTick last) {
        return ScheduleRow.of(stored, last, clock.instant());
    }

    private static Map<String, ScheduleTick> lastTicks(ReadSchedules read) throws InterruptedException {
        var last = new HashMap<String, ScheduleTick>();
        read.ticks(tick -> last.put(tick.getScheduleId(), tick));
        return last;
    }

    private static String table(List<ScheduleRow> rows) {
        var table = new Table("SCHEDULE", "STATE", "CRON", "ZONE", "ASSETS", "LAST TICK", "", "NEXT TICK");
        for (ScheduleRow row : rows) {
            TickRow last = row.lastTick();
            table.row(
                    row.scheduleId(),
                    row.state(),
                    row.cronExpression(),
                    row.timeZone(),
                    String.valueOf(row.assets().size()),
                    last == null ? "-" : last.tickAt().toString(),
                    last == null ? "" : last.decision(),
                    row.nextTick() == null ? "-" : row.nextTick().toString());
        }
        return table.text();
    }
}
