package dev.unitymlops.scheduler.decision;

import static dev.unitymlops.scheduler.Definitions.jobs;
import static dev.unitymlops.scheduler.Definitions.minutely;
import static dev.unitymlops.scheduler.Definitions.secondly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.CronDialect;
import dev.unitymlops.events.MissedTicks;
import dev.unitymlops.events.Overlap;
import dev.unitymlops.events.ScheduleAction;
import dev.unitymlops.events.ScheduleControl;
import dev.unitymlops.events.ScheduleTick;
import dev.unitymlops.events.TickDecision;
import dev.unitymlops.events.TickOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When schedules tick, and what becomes of it. */
class SchedulesTest {

    private static final String REQUEST = "0123abcd-0000-0000-0000-000000000000";

    private final Desk desk = new Desk(100);

    @Test
    void aNewScheduleWaitsForItsFirstTickAfterItWasWritten() {
        desk.add(minutely("a")).look().at("10:00:59.999");
        assertThat(desk.ticks).isEmpty();
        desk.at("10:01:00").at("10:01:30");
        assertThat(desk.told()).containsExactly("10:01 fired");
        assertThat(desk.requested).containsExactly("a-agent-20261121T100100Z");
    }

    @Test
    void aTickIsDecidedOnceWhateverRestartsAndHoweverTheClockSteps() {
        desk.add(minutely("a"))
                .at("10:01:00")
                .restart()
                .look()
                .at("10:00:10")
                .at("10:01:00")
                .restart()
                .at("10:01:59");
        assertThat(desk.told()).containsExactly("10:01 fired");
    }

    @Test
    void aTickSaysHowLateItIsAndWhichComesNext() {
        desk.add(minutely("a").setWebhookUrl("endpoint:team")).at("10:01:02.500");
        ScheduleTick tick = desk.ticks.getFirst();
        assertThat(tick.getLateMillis()).isEqualTo(2500);
        assertThat(tick.getNextTickAt()).isEqualTo("2026-11-21T10:02:00Z");
        assertThat(tick.getDecidedAt()).isEqualTo("2026-11-21T10:01:02.500Z");
        assertThat(tick.getWebhookUrl()).isEqualTo("endpoint:team");
        assertThat(tick.getOrigin()).isEqualTo(TickOrigin.CRON);
    }

    @Test
    void whatTheDefinitionSaysIsFrozenIntoEachTick() {
        desk.add(minutely("a")).at("10:01:00");
        desk.add(minutely("a").setJobs(jobs("other"))).at("10:02:00");
        assertThat(desk.told(ScheduleTick::getDefinitionVersion)).containsExactly(0L, 1L);
        assertThat(desk.requested).containsExactly("a-agent-20261121T100100Z", "a-other-20261121T100200Z");
    }

    @Test
    void aScheduleThatWasWrittenWhileNobodyLookedHasMissedItsTicks() {
        desk.down("10:10:30").add(minutely("a").setMissedTicks(MissedTicks.ALL), Instant.parse("2026-11-21T10:08:30Z"));
        desk.look();
        assertThat(desk.told()).containsExactly("10:09 fired", "10:10 fired");
    }

    @Test
    void aDefinitionThatIsReadLateDecidesNoTickAgain() {
        desk.add(minutely("a")).at("10:01:00").at("10:02:00");
        desk.add(minutely("a").setMissedTicks(MissedTicks.ALL), Instant.parse("2026-11-21T10:00:59Z"));
        desk.look().add(minutely("a").setEnabled(false), Desk.START).add(minutely("a"), Desk.START);
        desk.look().at("10:03:00");
        assertThat(desk.told()).containsExactly("10:01 fired", "10:02 fired", "10:03 fired");
    }

    @Test
    void aProducersClockThatRunsAheadOrFarBehindDoesNoHarm() {
        desk.add(minutely("ahead"), Desk.START.plus(Duration.ofDays(2)));
        desk.add(minutely("behind").setCronExpression("0 10 21 * *").setMissedTicks(MissedTicks.ALL), Instant.EPOCH);
        desk.at("10:01:00");
        assertThat(desk.told(tick -> tick.getScheduleId() + " " + tick.getTickAt()))
                .containsExactlyInAnyOrder("ahead 2026-11-21T10:01:00Z", "behind 2026-11-21T10:00:00Z");
    }

    @Test
    void skipLetsGoOfWhatWasMissed() {
        desk.add(minutely("a").setMissedTicks(MissedTicks.SKIP))
                .down("10:03:30")
                .look();
        assertThat(desk.told())
                .as("10:03 is half a minute late, which is put up with, and no later one is due")
                .containsExactly("10:01 missed_ticks=skip", "10:02 missed_ticks=skip", "10:03 fired");
        assertThat(desk.ticks.getFirst().getReason()).isEqualTo("it was missed by 150 s");
    }

    @Test
    void skipLetsGoOfASingleTickThatIsTooLate() {
        desk.add(minutely("a").setCronExpression("0 11 * * *").setMissedTicks(MissedTicks.SKIP));
        desk.down("11:01:00.001").look();
        assertThat(desk.told()).containsExactly("11:00 missed_ticks=skip");
    }

    @Test
    void lastFiresTheLatestOfWhatWasMissed() {
        desk.add(minutely("a").setCronExpression("*/10 * * * *"))
                .down("10:35:00")
                .look();
        assertThat(desk.told()).containsExactly("10:10 missed_ticks=last", "10:20 missed_ticks=last", "10:30 fired");
    }

    @Test
    void allFiresWhatWasMissedWithinItsWindow() {
        desk.add(minutely("a")
                .setCronExpression("*/10 * * * *")
                .setMissedTicks(MissedTicks.ALL)
                .setMissedWindowSeconds(1200));
        desk.down("10:35:00").look();
        assertThat(desk.told()).containsExactly("10:10 missed_ticks=all", "10:20 fired", "10:30 fired");
        assertThat(desk.ticks.getFirst().getReason()).contains("1500 s").contains("missed_window 1200 s");
    }

    @Test
    void aLongOutageIsCaughtUpInSeveralLooks() {
        desk.add(minutely("a").setDialect(CronDialect.QUARTZ).setCronExpression("* * * * * ?"));
        desk.down("11:30:00").look();
        assertThat(desk.ticks).hasSize(2_000);
        desk.look().look();
        assertThat(desk.ticks).hasSize(90 * 60 - 30);
        assertThat(desk.told(ScheduleTick::getTickAt)).doesNotHaveDuplicates().isSorted();
        assertThat(desk.told(ScheduleTick::getDecision))
                .containsOnlyOnce(TickDecision.FIRED)
                .endsWith(TickDecision.FIRED);
    }

    @Test
    void aTickIsDecidedOnceAlsoWhenADefinitionThatWasWrittenBeforeItIsReadAfterIt() {
        desk.add(minutely("a").setOverlap(Overlap.CANCEL_RUNNING)).at("10:01:00");
        desk.add(minutely("a").setOverlap(Overlap.CANCEL_RUNNING), Instant.parse("2026-11-21T10:00:59Z"))
                .look();
        assertThat(desk.told()).containsExactly("10:01 fired");
        assertThat(desk.cancelled).isEmpty();
        desk.at("10:02:00");
        assertThat(desk.told()).containsExactly("10:01 fired", "10:02 fired");
    }

    @Test
    void aScheduleThatIsAddedAgainDecidesNoTickThatItHadBeforeItWasRemoved() {
        desk.add(minutely("a").setOverlap(Overlap.CANCEL_RUNNING))
                .at("10:01:00")
                .runNow("a", REQUEST);
        desk.at("10:02:00").remove("a").restart();
        desk.add(
                        minutely("a").setOverlap(Overlap.CANCEL_RUNNING).setMissedTicks(MissedTicks.ALL),
                        Instant.parse("2026-11-21T10:00:59Z"))
                .look()
                .runNow("a", REQUEST)
                .at("10:03:00");
        assertThat(desk.told()).containsExactly("10:01 fired", "10:01 fired", "10:02 fired", "10:03 fired");
        assertThat(desk.told(ScheduleTick::getOrigin)).containsOnlyOnce(TickOrigin.RUN_NOW);
    }

    @Test
    void aRemovedScheduleIsForgottenWhenNoDefinitionCanBeSoOld() {
        desk.add(minutely("a").setCronExpression("0 11 * * *")).remove("a");
        assertThat(desk.at(Desk.START.plus(Duration.ofDays(31))).forget().kept())
                .isEqualTo(1);
        assertThat(desk.at(Desk.START.plus(Duration.ofDays(31)).plusMillis(1))
                        .forget()
                        .kept())
                .isZero();
    }

    @Test
    void whatWasDueLongBeforeAScheduleIsReplacedPausedOrRemovedIsToldAsOne() {
        for (String id : List.of("replaced", "paused", "removed")) {
            desk.add(secondly(id));
        }
        desk.down("11:00:30");
        desk.add(secondly("replaced").setJobs(jobs("other")))
                .add(secondly("paused").setEnabled(false))
                .remove("removed");
        for (String id : List.of("replaced", "paused", "removed")) {
            List<ScheduleTick> told = desk.ticks.stream()
                    .filter(tick -> tick.getScheduleId().equals(id))
                    .toList();
            assertThat(told).as(id).hasSize(2_001);
            assertThat(told.getFirst().getDecision()).isEqualTo(TickDecision.SKIPPED);
            assertThat(told.getFirst().getReason())
                    .startsWith("1600 ticks from 2026-11-21T10:00:31Z to 2026-11-21T10:27:10Z: the schedule was " + id);
            assertThat(told.get(1).getTickAt()).isEqualTo("2026-11-21T10:27:11Z");
            assertThat(told.getLast().getTickAt()).isEqualTo("2026-11-21T11:00:30Z");
        }
        assertThat(desk.requested).containsExactly("replaced-agent-20261121T110030Z");
    }

    @Test
    void ticksWhileItWasPausedAreNotMissed() {
        desk.add(minutely("a"))
                .at("10:01:00")
                .add(minutely("a").setEnabled(false))
                .at("10:05:30");
        desk.add(minutely("a").setMissedTicks(MissedTicks.ALL)).at("10:06:00");
        assertThat(desk.told()).containsExactly("10:01 fired", "10:06 fired");
    }

    @Test
    void whatWasDueBeforeItWasPausedOrRemovedIsSkippedAndSaidSo() {
        desk.add(minutely("a")).add(minutely("b")).down("10:01:30");
        desk.add(minutely("a").setEnabled(false)).remove("b").look();
        assertThat(desk.told(tick -> tick.getScheduleId() + ": " + tick.getReason()))
                .containsExactly("a: the schedule was paused", "b: the schedule was removed");
        assertThat(desk.requested).isEmpty();
        assertThat(desk.schedules().schedules()).as("the paused one").isEqualTo(1);
    }

    @Test
    void whatWasDueBeforeItWasReplacedIsDecidedByTheOldOne() {
        desk.add(minutely("a").setCronExpression("*/10 * * * *"))
                .down("10:25:00")
                .add(minutely("a").setCronExpression("0 11 * * *").setJobs(jobs("other")))
                .look()
                .at("11:00:00");
        assertThat(desk.told()).containsExactly("10:10 missed_ticks=last", "10:20 fired", "11:00 fired");
        assertThat(desk.requested).containsExactly("a-agent-20261121T102000Z", "a-other-20261121T110000Z");
    }

    @Test
    void jitterDelaysATickAndIsPartOfItsLateness() {
        desk.add(minutely("a").setCronExpression("0 11 * * *").setJitterSeconds(3600));
        Instant tick = Instant.parse("2026-11-21T11:00:00Z");
        desk.at(tick);
        assertThat(desk.ticks).isEmpty();
        while (desk.ticks.isEmpty() && desk.now().isBefore(tick.plusSeconds(3600))) {
            desk.at(desk.now().plusSeconds(1));
        }
        ScheduleTick told = desk.ticks.getFirst();
        assertThat(told.getTickAt()).isEqualTo(tick);
        assertThat(told.getDecision()).isEqualTo(TickDecision.FIRED);
        assertThat(told.getLateMillis())
                .isEqualTo(Duration.between(tick, desk.now()).toMillis())
                .isPositive();
        assertThat(desk.requested).containsExactly("a-agent-20261121T110000Z");
    }

    @Test
    void startsAtAndEndsAtBoundIt() {
        desk.add(minutely("a")
                .setStartsAt(Instant.parse("2026-11-21T10:02:00Z"))
                .setEndsAt(Instant.parse("2026-11-21T10:03:00Z")));
        desk.at("10:01:00").at("10:02:00").at("10:03:00").at("10:04:00");
        assertThat(desk.told()).containsExactly("10:02 fired", "10:03 fired");
        assertThat(desk.ticks.getLast().getNextTickAt()).isNull();
    }

    @Test
    void runNowFiresOncePerRequestAlsoWhilePaused() {
        desk.add(minutely("a").setEnabled(false)).runNow("a", REQUEST).restart().runNow("a", REQUEST);
        desk.runNow("a", "89abcdef");
        assertThat(desk.requested).containsExactly("a-agent-now-0123abcd", "a-agent-now-89abcdef");
        assertThat(desk.told(ScheduleTick::getRequestId)).containsExactly(REQUEST, "89abcdef");
        assertThat(desk.told(ScheduleTick::getOrigin)).containsOnly(TickOrigin.RUN_NOW);
        assertThat(desk.ticks.getFirst().getTickAt()).isEqualTo(Desk.START);
    }

    @Test
    void runNowOfAnUnknownScheduleIsAnswered() {
        desk.runNow("nobody", REQUEST);
        ScheduleTick answer = desk.ticks.getFirst();
        assertThat(answer.getDecision()).isEqualTo(TickDecision.SKIPPED);
        assertThat(answer.getReason()).isEqualTo("there is no schedule 'nobody'");
        assertThat(answer.getRequestId()).isEqualTo(REQUEST);
        assertThat(answer.getDefinitionVersion()).isEqualTo(-1);
    }

    @Test
    void nonsenseIsRefusedAndChangesNothing() {
        desk.add(minutely("a"));
        int kept = desk.kept();
        assertThatThrownBy(() -> desk.add(minutely("a").setCronExpression("every day")))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> desk.add(minutely("a").setTimeZone("Mars/Olympus")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("Mars/Olympus");
        assertThatThrownBy(() -> desk.add(minutely("a").setOverlap(Overlap.UNKNOWN)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("overlap");
        assertThatThrownBy(() -> desk.runNow("a", "no-digits")).isInstanceOf(Refused.class);
        ScheduleControl unknown = new ScheduleControl("a", ScheduleAction.UNKNOWN, REQUEST, "", Desk.START);
        assertThatThrownBy(() -> desk.schedules().asked(unknown, Desk.START)).isInstanceOf(Refused.class);
        assertThat(desk.kept()).isEqualTo(kept);
        desk.at("10:01:00");
        assertThat(desk.told()).containsExactly("10:01 fired");
    }

    @Test
    void removingAnUnknownOneIsNoError() {
        assertThat(desk.remove("nobody").ticks).isEqualTo(List.of());
    }
}
