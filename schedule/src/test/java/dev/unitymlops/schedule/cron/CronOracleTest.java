package dev.unitymlops.schedule.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.CronDialect;
import dev.unitymlops.testkit.cron.MinuteByMinute;
import dev.unitymlops.testkit.cron.RandomExpressions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random expressions in random zones, around the days that are hard, against {@link MinuteByMinute}. */
class CronOracleTest {
    private static final int CASES = 250;
    private static final Duration WINDOW = Duration.ofHours(15);

    /** With changes by half an hour, two hours or a day, at midnight, around Ramadan, or with odd offsets and none. */
    private static final List<String> HARD = List.of(
            "Europe/Berlin",
            "America/Havana",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Atlantic/Azores",
            "Antarctica/Troll",
            "Africa/Casablanca",
            "America/St_Johns",
            "Asia/Tehran",
            "Asia/Beirut",
            "America/Sao_Paulo",
            "Pacific/Chatham",
            "Asia/Kathmandu",
            "Asia/Pyongyang",
            "America/Caracas",
            "Asia/Kolkata");

    private static final List<String> ALL = List.copyOf(new TreeSet<>(ZoneId.getAvailableZoneIds()));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyTickAroundHardDays(long seed) {
        Random random = new Random(seed);
        RandomExpressions expressions = new RandomExpressions(random);
        for (int i = 0; i < CASES; i++) {
            String expression = expressions.next();
            List<String> zones = random.nextBoolean() ? HARD : ALL;
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            check(expression, zone, 2005 + random.nextInt(35), random);
        }
    }

    private static void check(String expression, ZoneId zone, int year, Random random) {
        MinuteByMinute oracle = new MinuteByMinute(expression, zone);
        CronSchedule schedule;
        try {
            schedule = CronSchedule.parse(expression, CronDialect.UNIX, zone);
        } catch (IllegalArgumentException e) {
            assertThat(e).as(expression).hasMessageStartingWith("never fires");
            assertThat(firesOnSomeDay(oracle)).as(expression).isFalse();
            return;
        }
        for (Instant middle : hardDays(zone, year, random)) {
            Instant from = middle.minus(WINDOW);
            Instant to = middle.plus(WINDOW);
            assertThat(ticks(schedule, from, to))
                    .as("%s in %s from %s to %s", expression, zone, from, to)
                    .isEqualTo(oracle.between(from, to));
        }
    }

    /** The calendar repeats after 28 years while no leap day is left out. */
    private static boolean firesOnSomeDay(MinuteByMinute oracle) {
        LocalDate first = LocalDate.of(2001, 1, 1);
        return first.datesUntil(first.plusYears(28)).anyMatch(oracle::matchesDay);
    }

    /** Changes of the clock, the end of February and of another month. */
    private static List<Instant> hardDays(ZoneId zone, int year, Random random) {
        List<Instant> days = new ArrayList<>();
        Instant end = Instant.parse(year + 1 + "-01-01T00:00:00Z");
        Instant start = Instant.parse(year + "-01-01T00:00:00Z");
        ZoneOffsetTransition change = zone.getRules().nextTransition(start);
        while (change != null && change.getInstant().isBefore(end)) {
            days.add(change.getInstant());
            change = zone.getRules().nextTransition(change.getInstant());
        }
        days.add(LocalDateTime.of(year, 3, 1, 0, 0).toInstant(ZoneOffset.UTC));
        days.add(LocalDateTime.of(year, 1 + random.nextInt(12), 1, 0, 0).toInstant(ZoneOffset.UTC));
        return days;
    }

    private static List<Instant> ticks(CronSchedule schedule, Instant from, Instant to) {
        List<Instant> ticks = new ArrayList<>();
        Instant tick = schedule.next(from.minusSeconds(1)).orElse(to);
        while (tick.isBefore(to)) {
            ticks.add(tick);
            tick = schedule.next(tick).orElse(to);
        }
        return ticks;
    }
}
