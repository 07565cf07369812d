package dev.unitymlops.scheduler.decision;

import dev.unitymlops.events.MissedTicks;
import dev.unitymlops.events.Overlap;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.job.Where;
import dev.unitymlops.schedule.ScheduleRules;
import dev.unitymlops.scheduler.Definitions;
import dev.unitymlops.testkit.cron.MinuteByMinute;
import dev.unitymlops.testkit.cron.RandomExpressions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Random definitions, and when schedules are in force: around the hard days of their zone and some that all share, or, for
 * an expression that seldom fires, for a year.
 */
final class RandomLives {

    private static final int YEARS = 3;
    private static final Duration BETWEEN_LIVES = Duration.ofHours(1);
    private static final int SELDOM = 40;

    private static final List<String> HARD = List.of(
            "Europe/Berlin",
            "America/Havana",
            "Australia/Lord_Howe",
            "Antarctica/Troll",
            "Africa/Casablanca",
            "America/St_Johns",
            "Asia/Beirut",
            "Pacific/Chatham",
            "Asia/Kathmandu",
            "Asia/Kolkata");

    private static final List<String> ALL = List.copyOf(new TreeSet<>(ZoneId.getAvailableZoneIds()));

    private final Random random;
    private final RandomExpressions expressions;
    private final Instant start;
    private final Instant end;
    private final List<Instant> shared = new ArrayList<>();

    RandomLives(Random random) {
        this.random = random;
        this.expressions = new RandomExpressions(random);
        int year = 2024 + random.nextInt(12);
        start = LocalDate.of(year, 1, 5).atStartOfDay().toInstant(ZoneOffset.UTC);
        end = LocalDate.of(year + YEARS, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
        for (int later = 0; later < YEARS; later++) {
            shared.add(endOf(YearMonth.of(year + later, 2)));
        }
        shared.add(endOf(YearMonth.of(year, 3 + random.nextInt(10))));
    }

    private static Instant endOf(YearMonth month) {
        return month.atEndOfMonth().atTime(23, 0).toInstant(ZoneOffset.UTC);
    }

    /** From a definition's first to its end. */
    record Life(Instant from, Instant to) {
        Instant at(double part) {
            return from.plusMillis((long) (Duration.between(from, to).toMillis() * part));
        }
    }

    /** What stays the same of a schedule through its lives. */
    record Traits(String scheduleId, String expression, String zone, boolean seldom) {}

    Instant start() {
        return start;
    }

    Traits traits(String scheduleId, boolean seldom) {
        List<String> zones = random.nextBoolean() ? HARD : ALL;
        String zone = zones.get(random.nextInt(zones.size()));
        String expression = expressions.next();
        while (!fires(scheduleId, expression) || (seldom && !isSeldom(expression, zone))) {
            expression = expressions.next();
        }
        return new Traits(scheduleId, expression, zone, seldom);
    }

    private static boolean fires(String scheduleId, String expression) {
        return isAccepted(Definitions.minutely(scheduleId).setCronExpression(expression));
    }

    private static boolean isAccepted(TrainingSchedule.Builder definition) {
        return ScheduleRules.check(definition.build(), Where.ELSEWHERE).isEmpty();
    }

    private boolean isSeldom(String expression, String zone) {
        return new MinuteByMinute(expression, ZoneId.of(zone))
                        .between(start, start.plus(Duration.ofDays(10)))
                        .size()
                < SELDOM;
    }

    List<Life> lives(Traits traits) {
        if (traits.seldom()) {
            Instant from = start.plus(Duration.ofDays(random.nextInt(600)));
            return List.of(new Life(from, from.plus(Duration.ofDays(366))));
        }
        TreeSet<Instant> middles = new TreeSet<>(shared);
        ZoneOffsetTransition change = ZoneId.of(traits.zone()).getRules().nextTransition(start);
        while (change != null && change.getInstant().isBefore(end)) {
            middles.add(change.getInstant());
            change = ZoneId.of(traits.zone()).getRules().nextTransition(change.getInstant());
        }
        List<Life> lives = new ArrayList<>();
        Instant free = start;
        for (Instant middle : middles) {
            Instant from = middle.minus(hours(2, 10));
            if (from.isAfter(free)) {
                lives.add(new Life(from, middle.plus(hours(2, 10))));
                free = lives.getLast().to().plus(BETWEEN_LIVES);
            }
        }
        return lives;
    }

    private Duration hours(int least, int most) {
        return Duration.ofSeconds(least * 3600L + random.nextInt((most - least) * 3600));
    }

    TrainingSchedule definition(Traits traits, Life life) {
        TrainingSchedule.Builder definition = Definitions.minutely(traits.scheduleId())
                .setCronExpression(traits.expression())
                .setTimeZone(traits.zone())
                .setMissedTicks(List.of(MissedTicks.SKIP, MissedTicks.LAST, MissedTicks.ALL)
                        .get(random.nextInt(3)))
                .setMissedWindowSeconds(1 + random.nextInt(100_000))
                .setOverlap(List.of(Overlap.ALLOW, Overlap.SKIP, Overlap.CANCEL_RUNNING)
                        .get(random.nextInt(3)))
                .setMaxConcurrentJobs(random.nextBoolean() ? null : 1 + random.nextInt(3))
                .setJitterSeconds(random.nextInt(4) > 0 ? 0 : random.nextInt(random.nextBoolean() ? 60 : 7200))
                .setJobs(random.nextInt(3) > 0 ? Definitions.jobs("x") : Definitions.jobs("y", "x"));
        if (random.nextInt(8) == 0) {
            definition.setStartsAt(life.at(random.nextDouble() / 2)).setEndsAt(life.at(0.5 + random.nextDouble() / 2));
            if (!isAccepted(definition)) {
                definition.setStartsAt(null).setEndsAt(null);
            }
        }
        return definition.build();
    }
}
