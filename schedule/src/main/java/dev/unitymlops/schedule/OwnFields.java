package dev.unitymlops.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.CronDialect;
import dev.unitymlops.events.MissedTicks;
import dev.unitymlops.events.Overlap;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.job.Findings;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a file what a schedule has and a job has not. What is wrong is told and replaced by a default, so that one
 * reading finds everything; the record is of use only when nothing was found.
 */
final class OwnFields {
    static final String ID = "schedule_id";
    static final String CRON = "cron_expression";
    static final String ASSETS = "asset_specs";

    /** All of them, and those that variants of the original pipeline or people used to write. */
    static final Set<String> NAMES = Set.of(
            ID,
            CRON,
            ASSETS,
            "dialect",
            "time_zone",
            "timezone",
            "enabled",
            "max_concurrent_jobs",
            "missed_ticks",
            "missed_window_seconds",
            "missed_window",
            "overlap",
            "jitter_seconds",
            "jitter",
            "starts_at",
            "ends_at");

    private static final long SECONDS_OF_A_DAY = 86_400;

    private final TakeFields fields;

    private OwnFields(TakeFields fields) {
        this.fields = fields;
    }

    /** All but the jobs; {@value #ASSETS} stay in the file. */
    static TrainingSchedule take(ObjectNode file, Findings findings) {
        return new OwnFields(new TakeFields(file, findings)).schedule();
    }

    private TrainingSchedule schedule() {
        TrainingSchedule schedule = new TrainingSchedule();
        schedule.setScheduleId(fields.text(ID, "Give it: a name of its own, such as nightly."));
        schedule.setCronExpression(fields.text(CRON, "Give it: when to fire, such as \"0 2 * * *\"."));
        fields.rename("timezone", "time_zone");
        schedule.setTimeZone(fields.text("time_zone", "UTC", "Give a name such as Europe/Berlin."));
        schedule.setDialect(fields.choice("dialect", CronDialect.UNIX, CronDialect.UNKNOWN));
        schedule.setEnabled(fields.flag("enabled", true));
        Long most = fields.whole("max_concurrent_jobs");
        schedule.setMaxConcurrentJobs(most == null ? null : Math.clamp(most, Integer.MIN_VALUE, Integer.MAX_VALUE));
        policies(schedule);
        times(schedule);
        schedule.setJobs(List.of());
        schedule.setRequestedBy("");
        schedule.setRequestedAt(Instant.EPOCH);
        return schedule;
    }

    private void policies(TrainingSchedule schedule) {
        schedule.setMissedTicks(fields.choice("missed_ticks", MissedTicks.LAST, MissedTicks.UNKNOWN));
        schedule.setMissedWindowSeconds(orElse(fields.seconds("missed_window"), SECONDS_OF_A_DAY));
        schedule.setOverlap(fields.choice("overlap", Overlap.ALLOW, Overlap.UNKNOWN));
        schedule.setJitterSeconds(orElse(fields.seconds("jitter"), 0));
    }

    private void times(TrainingSchedule schedule) {
        var zone = ZoneNames.find(schedule.getTimeZone());
        schedule.setStartsAt(fields.moment("starts_at", zone));
        schedule.setEndsAt(fields.moment("ends_at", zone));
    }

    private static long orElse(@Nullable Long value, long otherwise) {
        return value == null ? otherwise : value;
    }
}
