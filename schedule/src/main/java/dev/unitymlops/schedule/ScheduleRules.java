package dev.unitymlops.schedule;

import dev.unitymlops.events.CronDialect;
import dev.unitymlops.events.MissedTicks;
import dev.unitymlops.events.Overlap;
import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.job.Findings;
import dev.unitymlops.job.JobRules;
import dev.unitymlops.job.Where;
import dev.unitymlops.schedule.cron.CronSchedule;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Every rule that a schedule must keep, whether it came from a file or over Kafka; pure, and never throws for content. */
public final class ScheduleRules {
    static final int MOST_ASSETS = 256;
    static final String EMPTY = "is empty: a tick would start nothing";
    static final String GIVE_ASSETS = "Give a list of at least one asset, each with asset_id and name.";
    static final String TOO_MANY = "are more than " + MOST_ASSETS + " assets";
    static final String GIVE_FEWER = "Make several schedules of them.";

    /** As that of a job: it stands first in the jobs' ids, which are folder names. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,126}[A-Za-z0-9_-])?");

    private static final int LONGEST_JOB_ID = 128;
    private static final int MOST_JOBS_AT_ONCE = 10_000;
    private static final long SECONDS_OF_A_DAY = 86_400;
    private static final long SECONDS_OF_A_YEAR = 366 * SECONDS_OF_A_DAY;

    private final TrainingSchedule schedule;
    private final Findings findings;

    private ScheduleRules(TrainingSchedule schedule, Findings findings) {
        this.schedule = schedule;
        this.findings = findings;
    }

    /** Everything that is wrong with the schedule and its jobs; empty when it may fire. */
    public static List<Problem> check(TrainingSchedule schedule, Where where) {
        List<String> assets = schedule.getJobs().stream()
                .map(job -> job.getAssetSpec().getAssetId())
                .toList();
        Findings findings = ofItself(schedule, assets);
        if (schedule.getJobs().isEmpty()) {
            findings.problem(OwnFields.ASSETS, List.of(), EMPTY, GIVE_ASSETS);
        }
        new ScheduleRules(schedule, findings).jobs(where);
        return findings.problems();
    }

    /**
     * What is wrong with the schedule, without what is wrong with each job alone.
     *
     * @param assetIds of its jobs, also of those that are wrong
     */
    static Findings ofItself(TrainingSchedule schedule, List<String> assetIds) {
        Findings findings = new Findings();
        ScheduleRules rules = new ScheduleRules(schedule, findings);
        rules.id();
        rules.assets(assetIds);
        rules.words();
        rules.numbers();
        ZoneNames.check(schedule.getTimeZone(), findings);
        if (rules.startsBeforeItEnds() && schedule.getDialect() != CronDialect.UNKNOWN) {
            rules.fires();
        }
        return findings;
    }

    private void id() {
        String id = schedule.getScheduleId();
        if (!ID.matcher(id).matches()) {
            findings.problem(
                    OwnFields.ID,
                    id,
                    "cannot be an id that is also a folder name",
                    "Use letters, digits, dot, underscore and hyphen, the first a letter or digit, the last no dot.");
        }
    }

    private void assets(List<String> ids) {
        if (ids.size() > MOST_ASSETS) {
            findings.problem(OwnFields.ASSETS, ids.size(), TOO_MANY, GIVE_FEWER);
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < Math.min(ids.size(), MOST_ASSETS); i++) {
            asset(OwnFields.ASSETS + "[" + i + "].asset_id", ids.get(i), seen);
        }
    }

    private void asset(String field, String id, Set<String> seen) {
        if (!id.isEmpty() && !seen.add(id)) {
            findings.problem(
                    field,
                    id,
                    "is the id of an earlier asset: both jobs of a tick would have the same id",
                    "Give each asset an asset_id of its own.");
        }
        String longest = JobIds.longest(schedule.getScheduleId(), id);
        if (longest.length() > LONGEST_JOB_ID) {
            findings.problem(
                    field,
                    id,
                    "makes job ids of " + longest.length() + " characters, such as " + longest,
                    "Shorten it or schedule_id: a job's id has at most " + LONGEST_JOB_ID + " characters.");
        }
    }

    /** Words of a newer version. */
    private void words() {
        String remedy = "Bring this program up to date, or choose another.";
        if (schedule.getDialect() == CronDialect.UNKNOWN) {
            findings.problem("dialect", "UNKNOWN", "is of a newer version", remedy);
        }
        if (schedule.getMissedTicks() == MissedTicks.UNKNOWN) {
            findings.problem("missed_ticks", "UNKNOWN", "is of a newer version", remedy);
        }
        if (schedule.getOverlap() == Overlap.UNKNOWN) {
            findings.problem("overlap", "UNKNOWN", "is of a newer version", remedy);
        }
    }

    private void numbers() {
        Integer most = schedule.getMaxConcurrentJobs();
        if (most != null) {
            within("max_concurrent_jobs", most, 1, MOST_JOBS_AT_ONCE);
        }
        within("missed_window_seconds", schedule.getMissedWindowSeconds(), 1, SECONDS_OF_A_YEAR);
        within("jitter_seconds", schedule.getJitterSeconds(), 0, SECONDS_OF_A_DAY);
    }

    private void within(String field, long value, long least, long most) {
        if (value < least || value > most) {
            String range = "from " + least + " to " + most;
            findings.problem(field, value, "is not " + range, "Give a number " + range + ".");
        }
    }

    private boolean startsBeforeItEnds() {
        Instant starts = schedule.getStartsAt();
        Instant ends = schedule.getEndsAt();
        boolean ordered = starts == null || ends == null || !starts.isAfter(ends);
        if (!ordered) {
            findings.problem(
                    "starts_at", starts.toString(), "is after ends_at, " + ends, "Give a start before the end.");
        }
        return ordered;
    }

    private void fires() {
        String expression = schedule.getCronExpression();
        try {
            CronSchedule.parse(expression, schedule.getDialect(), ZoneNames.find(schedule.getTimeZone()));
        } catch (IllegalArgumentException e) {
            findings.problem(OwnFields.CRON, expression, String.valueOf(e.getMessage()), remedy());
            return;
        }
        if (!findings.hasProblems() && Ticks.of(schedule).next(Instant.MIN).isEmpty()) {
            findings.problem(
                    schedule.getEndsAt() == null ? "starts_at" : "ends_at",
                    String.valueOf(schedule.getEndsAt() == null ? schedule.getStartsAt() : schedule.getEndsAt()),
                    "leaves no tick of cron_expression " + expression,
                    "Widen starts_at and ends_at, or change cron_expression.");
        }
    }

    private String remedy() {
        return schedule.getDialect() == CronDialect.QUARTZ
                ? "Write six or seven fields, such as \"0 0 2 * * ?\" for every day at 02:00."
                : "Write five fields, such as \"0 2 * * *\" for every day at 02:00.";
    }

    private void jobs(Where where) {
        Set<Problem> problems = new HashSet<>();
        List<TrainingJob> jobs = schedule.getJobs();
        for (int i = 0; i < Math.min(jobs.size(), MOST_ASSETS); i++) {
            for (Problem problem : AssetFields.renamed(JobRules.check(ofTick(jobs.get(i)), where), i)) {
                if (problems.add(problem)) {
                    findings.problemShown(
                            problem.getField(), problem.getValue(), problem.getMessage(), problem.getRemedy());
                }
            }
        }
    }

    /** The job with the longest id that a tick gives it, and the schedule's webhook where it has none of its own. */
    private TrainingJob ofTick(TrainingJob job) {
        TrainingJob ofTick = new TrainingJob();
        job.getSchema().getFields().forEach(field -> ofTick.put(field.pos(), job.get(field.pos())));
        ofTick.setJobId(
                JobIds.longest(schedule.getScheduleId(), job.getAssetSpec().getAssetId()));
        if (job.getWebhookUrl() == null) {
            ofTick.setWebhookUrl(schedule.getWebhookUrl());
        }
        return ofTick;
    }
}
