package dev.unitymlops.scheduler.decision;

import dev.unitymlops.events.TrainingSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** The policies: what becomes of one tick of a schedule. */
final class Judge {

    private static final Verdict FIRE = new Verdict.Fire(false, List.of());

    private Judge() {}

    /**
     * Decides.
     *
     * @param unfinished jobs of the schedule's earlier ticks that run or wait; asked for only where a policy looks at them
     */
    static Verdict judge(TrainingSchedule schedule, Tick tick, Instant now, Supplier<List<String>> unfinished) {
        Verdict verdict = tick instanceof Tick.Cron cron && cron.missed() ? missed(schedule, cron, now) : FIRE;
        return verdict instanceof Verdict.Fire ? overlap(schedule, unfinished) : verdict;
    }

    private static Verdict missed(TrainingSchedule schedule, Tick.Cron tick, Instant now) {
        return switch (schedule.getMissedTicks()) {
            case SKIP -> skip("missed_ticks=skip", "it was missed by " + late(tick, now));
            case LAST ->
                tick.latest()
                        ? FIRE
                        : skip("missed_ticks=last", "it was missed by " + late(tick, now) + ", and so was a later one");
            case ALL -> {
                Duration window = Duration.ofSeconds(schedule.getMissedWindowSeconds());
                yield Duration.between(tick.at(), now).compareTo(window) <= 0
                        ? FIRE
                        : skip(
                                "missed_ticks=all",
                                "it was missed by " + late(tick, now) + ", more than missed_window "
                                        + window.toSeconds() + " s");
            }
            case UNKNOWN -> throw new IllegalArgumentException("missed_ticks of a newer version");
        };
    }

    private static Verdict overlap(TrainingSchedule schedule, Supplier<List<String>> unfinished) {
        return switch (schedule.getOverlap()) {
            case ALLOW -> FIRE;
            case SKIP -> {
                List<String> jobs = unfinished.get();
                yield jobs.isEmpty()
                        ? FIRE
                        : new Verdict.Skip("overlap=skip", jobs.size() + " jobs of earlier ticks have not ended", jobs);
            }
            case CANCEL_RUNNING -> new Verdict.Fire(true, unfinished.get());
            case UNKNOWN -> throw new IllegalArgumentException("overlap of a newer version");
        };
    }

    private static String late(Tick tick, Instant now) {
        return Duration.between(tick.at(), now).toSeconds() + " s";
    }

    private static Verdict skip(String policy, String reason) {
        return new Verdict.Skip(policy, reason, List.of());
    }
}
