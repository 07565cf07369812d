package dev.unitymlops.schedule.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.CronDialect;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronScheduleTest {

    @Test
    void aFixedTimeInTheGapOfBerlinFiresAtItsEnd() {
        CronSchedule schedule = unix("30 2 * * *", "Europe/Berlin");
        assertThat(ticks(schedule, "2026-03-28T00:00:00Z", 3))
                .containsExactly(
                        Instant.parse("2026-03-28T01:30:00Z"),
                        Instant.parse("2026-03-29T01:00:00Z"),
                        Instant.parse("2026-03-30T00:30:00Z"));
    }

    @Test
    void aFixedTimeInTheOverlapOfBerlinFiresAtItsFirstOccurrence() {
        CronSchedule schedule = unix("30 2 * * *", "Europe/Berlin");
        assertThat(ticks(schedule, "2026-10-24T12:00:00Z", 2))
                .containsExactly(Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-26T01:30:00Z"));
        assertThat(schedule.next(Instant.parse("2026-10-25T01:10:00Z")))
                .contains(Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void midnightInTheGapOfHavanaFiresAtOne() {
        assertThat(ticks(unix("0 0 * * *", "America/Havana"), "2026-03-07T12:00:00Z", 2))
                .containsExactly(at("2026-03-08T01:00", "America/Havana"), at("2026-03-09T00:00", "America/Havana"));
    }

    @Test
    void lordHoweMovesByHalfAnHour() {
        String zone = "Australia/Lord_Howe";
        assertThat(unix("38 2 * * *", zone).next(at("2026-10-03T12:00", zone))).contains(at("2026-10-04T02:38", zone));
        assertThat(unix("15 2 * * *", zone).next(at("2026-10-03T12:00", zone))).contains(at("2026-10-04T02:30", zone));
        assertThat(ticks(unix("45 * * * *", zone), "2026-04-04T14:00:00Z", 3))
                .containsExactly(
                        Instant.parse("2026-04-04T14:45:00Z"),
                        Instant.parse("2026-04-04T15:15:00Z"),
                        Instant.parse("2026-04-04T16:15:00Z"));
    }

    @Test
    void severalTimesInOneGapAreOneTick() {
        assertThat(ticks(unix("*/15 2,3 * * *", "Europe/Berlin"), "2026-03-29T00:00:00Z", 5))
                .containsExactly(
                        Instant.parse("2026-03-29T01:00:00Z"),
                        Instant.parse("2026-03-29T01:15:00Z"),
                        Instant.parse("2026-03-29T01:30:00Z"),
                        Instant.parse("2026-03-29T01:45:00Z"),
                        Instant.parse("2026-03-30T00:00:00Z"));
    }

    @Test
    void anIntervalFiresInBothOccurrencesAndNotInTheGap() {
        CronSchedule schedule = unix("30 */2 * * *", "Europe/Berlin");
        assertThat(ticks(schedule, "2026-10-24T22:45:00Z", 3))
                .containsExactly(
                        Instant.parse("2026-10-25T00:30:00Z"),
                        Instant.parse("2026-10-25T01:30:00Z"),
                        Instant.parse("2026-10-25T03:30:00Z"));
        assertThat(ticks(schedule, "2026-03-28T23:45:00Z", 1)).containsExactly(Instant.parse("2026-03-29T02:30:00Z"));
    }

    @Test
    void aDayThatSamoaLeftOut() {
        String zone = "Pacific/Apia";
        assertThat(ticks(unix("0 12 * * *", zone), "2011-12-29T00:00:00Z", 3))
                .containsExactly(
                        at("2011-12-29T12:00", zone), at("2011-12-31T00:00", zone), at("2011-12-31T12:00", zone));
        assertThat(ticks(unix("0 */12 * * *", zone), "2011-12-29T23:00:00Z", 2))
                .containsExactly(at("2011-12-31T00:00", zone), at("2011-12-31T12:00", zone));
        assertThat(unix("0 */12 30 12 *", zone).next(Instant.parse("2011-01-01T00:00:00Z")))
                .contains(at("2012-12-30T00:00", zone));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1/5 * * * *       | 2026-01-01T00:00 | 2026-01-01T00:01 2026-01-01T00:06 2026-01-01T00:11
            10-20/3 4 * * *   | 2026-01-01T00:00 | 2026-01-01T04:10 2026-01-01T04:13 2026-01-01T04:16
            0 0 13 * 5        | 2026-01-01T00:00 | 2026-01-02T00:00 2026-01-09T00:00 2026-01-13T00:00
            0 0 */10 * 1      | 2026-01-01T00:00 | 2026-01-05T00:00 2026-01-11T00:00 2026-01-12T00:00
            0 0 * * 7         | 2026-01-01T00:00 | 2026-01-04T00:00 2026-01-11T00:00 2026-01-18T00:00
            0 0 * * 0         | 2026-01-01T00:00 | 2026-01-04T00:00 2026-01-11T00:00 2026-01-18T00:00
            0 0 * * 5-7       | 2026-01-01T00:00 | 2026-01-02T00:00 2026-01-03T00:00 2026-01-04T00:00
            0 0 * jan-mar mon | 2026-03-20T00:00 | 2026-03-23T00:00 2026-03-30T00:00 2027-01-04T00:00
            0 0 31 * *        | 2026-01-01T00:00 | 2026-01-31T00:00 2026-03-31T00:00 2026-05-31T00:00
            0 0 29 2 *        | 2026-01-01T00:00 | 2028-02-29T00:00 2032-02-29T00:00 2036-02-29T00:00
            0 0 29 2 *        | 2096-03-01T00:00 | 2104-02-29T00:00 2108-02-29T00:00 2112-02-29T00:00
            @weekly           | 2026-01-01T00:00 | 2026-01-04T00:00 2026-01-11T00:00 2026-01-18T00:00
            59 23 31 12 *     | 2026-01-01T00:00 | 2026-12-31T23:59 2027-12-31T23:59 2028-12-31T23:59
            """)
    void unixFields(String expression, String after, String ticks) {
        assertThat(ticks(unix(expression, "UTC"), after + ":00Z", 3)).isEqualTo(instants(ticks));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 15 2 * * ?         | 2026-01-01T00:00 | 2026-01-01T02:15:30 2026-01-02T02:15:30 2026-01-03T02:15:30
            0 0 12 ? * 2          | 2026-01-01T00:00 | 2026-01-05T12:00:00 2026-01-12T12:00:00 2026-01-19T12:00:00
            0 0 12 ? * FRI-SUN    | 2026-01-01T00:00 | 2026-01-02T12:00:00 2026-01-03T12:00:00 2026-01-04T12:00:00
            0 0 22-1 * * ?        | 2026-01-01T01:00 | 2026-01-01T22:00:00 2026-01-01T23:00:00 2026-01-02T00:00:00
            0 0 0 L * ?           | 2026-01-01T00:00 | 2026-01-31T00:00:00 2026-02-28T00:00:00 2026-03-31T00:00:00
            0 0 0 1,L-2 * ?       | 2026-01-02T00:00 | 2026-01-29T00:00:00 2026-02-01T00:00:00 2026-02-26T00:00:00
            0 0 0 LW * ?          | 2026-01-01T00:00 | 2026-01-30T00:00:00 2026-02-27T00:00:00 2026-03-31T00:00:00
            0 0 0 1W * ?          | 2026-01-15T00:00 | 2026-02-02T00:00:00 2026-03-02T00:00:00 2026-04-01T00:00:00
            0 0 0 31W * ?         | 2026-01-01T00:00 | 2026-01-30T00:00:00 2026-03-31T00:00:00 2026-05-29T00:00:00
            0 0 0 ? * 6L          | 2026-01-01T00:00 | 2026-01-30T00:00:00 2026-02-27T00:00:00 2026-03-27T00:00:00
            0 0 0 ? * L           | 2026-01-01T00:00 | 2026-01-03T00:00:00 2026-01-10T00:00:00 2026-01-17T00:00:00
            0 0 0 ? * 2#1,6#5     | 2026-01-01T00:00 | 2026-01-05T00:00:00 2026-01-30T00:00:00 2026-02-02T00:00:00
            0 0 0 ? 2 2#5         | 2026-01-01T00:00 | 2044-02-29T00:00:00 2072-02-29T00:00:00 2112-02-29T00:00:00
            0 0 0 1 1 ? 2030/30   | 2026-01-01T00:00 | 2030-01-01T00:00:00 2060-01-01T00:00:00 2090-01-01T00:00:00
            """)
    void quartzFields(String expression, String after, String ticks) {
        CronSchedule schedule = CronSchedule.parse(expression, CronDialect.QUARTZ, ZoneId.of("UTC"));
        assertThat(ticks(schedule, after + ":00Z", 3)).isEqualTo(instants(ticks));
    }

    @Test
    void yearsEnd() {
        CronSchedule schedule = CronSchedule.parse("0 0 0 1 1 ? 2027", CronDialect.QUARTZ, ZoneId.of("UTC"));
        assertThat(schedule.next(Instant.parse("2026-01-01T00:00:00Z"))).isPresent();
        assertThat(schedule.next(Instant.parse("2027-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void theEndsOfTimeAreNoTrouble() {
        CronSchedule schedule = unix("* * * * *", "Europe/Berlin");
        assertThat(schedule.next(Instant.MIN)).isPresent();
        assertThat(schedule.next(Instant.MAX)).isEmpty();
    }

    @Test
    void aTickIsStrictlyLater() {
        CronSchedule schedule = unix("* * * * *", "UTC");
        Instant tick = Instant.parse("2026-01-01T00:01:00Z");
        assertThat(schedule.next(tick.minusNanos(1))).contains(tick);
        assertThat(schedule.next(tick)).contains(tick.plusSeconds(60));
        assertThat(schedule.next(tick.plusNanos(1))).contains(tick.plusSeconds(60));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0 30 2 *         | UNIX   | never fires: its day-of-month 30 does not come in month 2
            0 0 31 4,6,9,11 *  | UNIX   | never fires: its day-of-month 31 does not come in month 4,6,9,11
            0 0 0 29 2 ? 2027  | QUARTZ | never fires: its day-of-month 29 does not come in year 2027
            0 0 0 ? 2 2#5 2027 | QUARTZ | never fires: its day-of-week 2#5 does not come in year 2027
            60 * * * *         | UNIX   | its minute 60 is wrong: Value 60 not in range [0, 59]
            * * * 13 *         | UNIX   | its month 13 is wrong
            * 22-2 * * *       | UNIX   | its hour 22-2 is wrong
            * * * * FUN        | UNIX   | its day-of-week FUN is wrong
            0 0 0 ? * 6#6      | QUARTZ | its day-of-week is wrong: 6#6 means no day
            0 0 0 15L * ?      | QUARTZ | its day-of-month is wrong: 15L means no day
            0 0 * * * *        | UNIX   | has 6 fields, not those of the dialect unix: minute hour day-of-month month day-of-week; with so many it may be of the dialect quartz
            0 0 * * *          | QUARTZ | has 5 fields
            tomorrow           | UNIX   | has 1 fields
            0 0 0 * * *        | QUARTZ | day-of-week
            * * * * *          | UNKNOWN | dialect
            """)
    void wrongExpressionsAreToldByField(String expression, CronDialect dialect, String message) {
        assertThatThrownBy(() -> CronSchedule.parse(expression, dialect, ZoneId.of("UTC")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static CronSchedule unix(String expression, String zone) {
        return CronSchedule.parse(expression, CronDialect.UNIX, ZoneId.of(zone));
    }

    private static List<Instant> ticks(CronSchedule schedule, String after, int count) {
        return Stream.iterate(schedule.next(Instant.parse(after)), tick -> schedule.next(tick.orElseThrow()))
                .limit(count)
                .map(tick -> tick.orElseThrow())
                .toList();
    }

    private static List<Instant> instants(String ticks) {
        return Arrays.stream(ticks.split(" ")).map(tick -> at(tick, "UTC")).toList();
    }

    private static Instant at(String local, String zone) {
        return LocalDateTime.parse(local).atZone(ZoneId.of(zone)).toInstant();
    }
}
