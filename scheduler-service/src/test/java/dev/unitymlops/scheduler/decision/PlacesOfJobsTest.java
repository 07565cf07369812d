package dev.unitymlops.scheduler.decision;

import static dev.unitymlops.scheduler.Definitions.jobs;
import static dev.unitymlops.scheduler.Definitions.minutely;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.ControlAction;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobPlace;
import dev.unitymlops.events.Overlap;
import dev.unitymlops.events.ScheduleTick;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What overlaps, what waits and what is let go. */
class PlacesOfJobsTest {

    private static final String AT_1 = "-agent-20261121T100100Z";
    private static final String AT_2 = "-agent-20261121T100200Z";

    @Test
    void beyondTheLimitOverAllJobsWaitAndAreLetGoInOrder() {
        Desk desk = new Desk(2);
        desk.add(minutely("a").setJobs(jobs("x", "y"))).add(minutely("b").setCronExpression("1 * * * *"));
        desk.at("10:01:00");
        assertThat(desk.takeRequested()).containsExactly("a-x-20261121T100100Z", "a-y-20261121T100100Z");
        desk.at("10:02:00");
        assertThat(desk.takeRequested()).isEmpty();
        assertThat(desk.schedules().waiting()).isEqualTo(3);
        desk.restart().ended("a", "a-y-20261121T100100Z", 1);
        assertThat(desk.takeRequested()).containsExactly("b" + AT_1);
        desk.ended("a", "a-x-20261121T100100Z", 1).ended("b", "b" + AT_1, 1);
        assertThat(desk.takeRequested()).containsExactly("a-x-20261121T100200Z", "a-y-20261121T100200Z");
        assertThat(desk.schedules().waiting()).isZero();
    }

    @Test
    void aSchedulesOwnLimitHoldsUpOnlyItself() {
        Desk desk = new Desk(5);
        desk.add(minutely("a").setJobs(jobs("x", "y")).setMaxConcurrentJobs(1)).add(minutely("b"));
        desk.at("10:01:00");
        assertThat(desk.takeRequested()).containsExactly("a-x-20261121T100100Z", "b" + AT_1);
        desk.ended("b", "b" + AT_1, 1);
        assertThat(desk.takeRequested()).isEmpty();
        desk.ended("a", "a-x-20261121T100100Z", 1);
        assertThat(desk.takeRequested()).containsExactly("a-y-20261121T100100Z");
    }

    @Test
    void aHigherLimitLetsGoAtOnce() {
        Desk desk = new Desk(5);
        desk.add(minutely("a").setJobs(jobs("x", "y", "z")).setMaxConcurrentJobs(1))
                .at("10:01:00");
        desk.takeRequested();
        desk.add(minutely("a").setMaxConcurrentJobs(2));
        assertThat(desk.takeRequested()).containsExactly("a-y-20261121T100100Z");
    }

    @Test
    void overlapSkipLooksAtWhatRunsAndWhatWaits() {
        Desk desk = new Desk(1);
        desk.add(minutely("first").setCronExpression("1 * * * *"))
                .at("10:01:00")
                .add(minutely("a").setOverlap(Overlap.SKIP));
        desk.at("10:02:00").at("10:03:00");
        ScheduleTick skipped = desk.ticks.getLast();
        assertThat(skipped.getScheduleId()).isEqualTo("a");
        assertThat(skipped.getPolicy()).isEqualTo("overlap=skip");
        assertThat(skipped.getRunningJobIds()).as("it waits").containsExactly("a" + AT_2);
    }

    @Test
    void overlapSkipGoesOnWhenTheEarlierOneHasEnded() {
        Desk desk = new Desk(9);
        desk.add(minutely("a").setOverlap(Overlap.SKIP)).at("10:01:00").at("10:02:00");
        desk.restart().ended("a", "a" + AT_1, 1).at("10:03:00");
        assertThat(desk.told()).containsExactly("10:01 fired", "10:02 overlap=skip", "10:03 fired");
    }

    @Test
    void cancelRunningCancelsWhatRunsAndWhatWaits() {
        Desk desk = new Desk(1);
        desk.add(minutely("a").setOverlap(Overlap.CANCEL_RUNNING).setJobs(jobs("x", "y")))
                .at("10:01:00");
        desk.takeRequested();
        desk.at("10:02:00");
        assertThat(desk.cancelled)
                .extracting(JobControl::getJobId)
                .containsExactly("a-x-20261121T100100Z", "a-y-20261121T100100Z");
        assertThat(desk.cancelled).allSatisfy(cancel -> {
            assertThat(cancel.getAction()).isEqualTo(ControlAction.CANCEL);
            assertThat(cancel.getRun()).isEqualTo(1);
            assertThat(cancel.getRequestedBy()).isEqualTo("scheduler");
        });
        assertThat(desk.ticks.getLast().getRunningJobIds())
                .containsExactly("a-x-20261121T100100Z", "a-y-20261121T100100Z");
        assertThat(desk.takeRequested()).isEmpty();
        desk.restart().look();
        assertThat(desk.takeRequested())
                .as("requested without a place, to end as cancelled: its tick has named it")
                .containsExactly("a-y-20261121T100100Z");
        desk.ended("a", "a-y-20261121T100100Z", 1).ended("a", "a-x-20261121T100100Z", 1);
        assertThat(desk.takeRequested()).containsExactly("a-x-20261121T100200Z");
    }

    @Test
    void theJobsOfARemovedScheduleRunOnAndThoseThatWaitAreCancelled() {
        Desk desk = new Desk(1);
        desk.add(minutely("a").setJobs(jobs("x", "y")))
                .at("10:01:00")
                .remove("a")
                .look();
        assertThat(desk.cancelled).extracting(JobControl::getJobId).containsExactly("a-y-20261121T100100Z");
        assertThat(desk.cancelled.getFirst().getReason()).isEqualTo("schedule a was removed");
        assertThat(desk.requested).containsExactly("a-x-20261121T100100Z", "a-y-20261121T100100Z");
    }

    @Test
    void aRetrysNextRunTakesAPlaceAlsoBeyondTheLimit() {
        Desk desk = new Desk(1);
        desk.add(minutely("a")).at("10:01:00").at("10:02:00").ended("a", "a" + AT_1, 1);
        desk.retried("a", "a" + AT_1, 2);
        assertThat(desk.schedules().placesTaken()).isEqualTo(2);
        desk.takeRequested();
        desk.ended("a", "a" + AT_2, 1).at("10:03:00");
        assertThat(desk.takeRequested()).isEmpty();
        desk.ended("a", "a" + AT_1, 2);
        assertThat(desk.takeRequested()).containsExactly("a-agent-20261121T100300Z");
    }

    @Test
    void theEndOfARunMayBeToldBeforeItsBeginningAndAgain() {
        Desk desk = new Desk(1);
        desk.add(minutely("a")).at("10:01:00");
        desk.ended("a", "a" + AT_1, 2)
                .retried("a", "a" + AT_1, 2)
                .ended("a", "a" + AT_1, 1)
                .ended("a", "a" + AT_1, 2);
        assertThat(desk.schedules().placesTaken()).isZero();
        desk.retried("a", "a" + AT_1, 3).ended("a", "a" + AT_1, 2).retried("a", "a" + AT_1, 3);
        assertThat(desk.schedules().placesTaken()).isEqualTo(1);
    }

    @Test
    void aRefusalOfOurRequestFreesItsPlaceAndThatOfAnUnknownJobNone() {
        Desk desk = new Desk(1);
        desk.add(minutely("a")).at("10:01:00");
        desk.told(null, "somebody-elses", 1, JobPlace.FREED).told(null, "a" + AT_1, 1, JobPlace.FREED);
        assertThat(desk.schedules().placesTaken()).isZero();
    }

    @Test
    void whatCanMakeNoDifferenceIsForgotten() {
        Desk desk = new Desk(1);
        desk.add(minutely("a").setEnabled(false))
                .runNow("a", "00000001")
                .ended("a", "a-agent-now-00000001", 1)
                .runNow("a", "00000002")
                .runNow("a", "00000003");
        int all = desk.kept();
        desk.at(Desk.START.plus(Duration.ofDays(9))).forget();
        assertThat(desk.kept()).as("the freed one").isEqualTo(all - 1);
        desk.takeRequested();
        desk.at(Desk.START.plus(Duration.ofDays(32))).forget();
        assertThat(desk.takeRequested())
                .as("nothing can tell of the end of the second any more")
                .containsExactly("a-agent-now-00000003");
    }
}
