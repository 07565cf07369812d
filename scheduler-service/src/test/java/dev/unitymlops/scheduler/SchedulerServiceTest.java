package dev.unitymlops.scheduler;

import static dev.unitymlops.scheduler.Installation.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobPlace;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.MissedTicks;
import dev.unitymlops.events.Overlap;
import dev.unitymlops.events.ScheduleTick;
import dev.unitymlops.events.ScheduledJob;
import dev.unitymlops.events.TickDecision;
import dev.unitymlops.events.TickOrigin;
import dev.unitymlops.runtime.MissingHere;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.SettableClock;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The service as it is on a real broker, restarted in between, its clock in the test's hands. */
@ExtendWith(PlatformExtension.class)
class SchedulerServiceTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:30Z");

    private final SettableClock clock = SettableClock.at(START);
    private Installation installation;
    private TopicReader<ScheduleTick> ticks;
    private TopicReader<JobRequested> requests;

    @BeforeEach
    void start(TestPlatform platform, @TempDir Path folder) throws Exception {
        installation = new Installation(platform, folder, clock);
        installation.start();
        ticks = installation.ticks();
        requests = installation.requests();
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void aScheduleFiresAtItsFirstTickAfterItWasWritten() throws Exception {
        installation.add(Definitions.minutely("nightly").setJobs(Definitions.jobs("guard", "scout")));
        at("10:01:01");

        assertThat(requests.awaitRecords(2, PATIENCE))
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrder("nightly-guard-20261121T100100Z", "nightly-scout-20261121T100100Z");
        assertThat(requests.records()).allSatisfy(request -> {
            assertThat(request.value().getRequestedBy()).isEqualTo("scheduler");
            assertThat(request.value().getJob().getJobId()).isEqualTo(request.key());
            assertThat(request.value().getJob().getScheduleId()).isEqualTo("nightly");
        });
        ScheduleTick tick = awaitTicks(1).getFirst();
        assertThat(tick.getDecision()).isEqualTo(TickDecision.FIRED);
        assertThat(tick.getOrigin()).isEqualTo(TickOrigin.CRON);
        assertThat(tick.getTickAt()).isEqualTo("2026-11-21T10:01:00Z");
        assertThat(tick.getNextTickAt()).isEqualTo("2026-11-21T10:02:00Z");
        assertThat(tick.getLateMillis()).isEqualTo(1000);
        assertThat(tick.getDefinitionVersion()).isZero();
        assertThat(tick.getJobIds())
                .containsExactly("nightly-guard-20261121T100100Z", "nightly-scout-20261121T100100Z");
    }

    @Test
    void overlapSkipHoldsOverRestarts() throws Exception {
        installation.add(Definitions.minutely("a").setOverlap(Overlap.SKIP));
        at("10:01:00");
        awaitTicks(1);
        installation.restart();
        at("10:02:00");
        assertThat(awaitTicks(2).getLast().getRunningJobIds()).containsExactly("a-agent-20261121T100100Z");

        installation.stop();
        installation.end("a", "a-agent-20261121T100100Z", 1);
        at("10:03:00");
        installation.start();

        assertThat(awaitTicks(3))
                .extracting(ScheduleTick::getDecision)
                .containsExactly(TickDecision.FIRED, TickDecision.SKIPPED, TickDecision.FIRED);
        assertThat(requestsOfTicks()).containsExactly("a-agent-20261121T100100Z", "a-agent-20261121T100300Z");
    }

    @Test
    void cancelRunningHoldsOverRestarts() throws Exception {
        installation.add(Definitions.minutely("a").setOverlap(Overlap.CANCEL_RUNNING));
        at("10:01:00");
        awaitTicks(1);
        installation.restart();
        at("10:02:00");

        JobControl cancel =
                installation.controls().awaitRecords(1, PATIENCE).getFirst().value();
        assertThat(cancel.getJobId()).isEqualTo("a-agent-20261121T100100Z");
        assertThat(cancel.getRequestedBy()).isEqualTo("scheduler");
        assertThat(requests.awaitRecords(2, PATIENCE))
                .extracting(ConsumerRecord::key)
                .contains("a-agent-20261121T100200Z");
    }

    @Test
    void missedTicksAreDecidedByPolicyAfterARestart() throws Exception {
        for (MissedTicks policy : List.of(MissedTicks.SKIP, MissedTicks.LAST, MissedTicks.ALL)) {
            installation.add(Definitions.minutely(policy.name())
                    .setCronExpression("*/10 * * * *")
                    .setMissedTicks(policy)
                    .setMissedWindowSeconds(1500));
        }
        at("10:10:00");
        awaitTicks(3);
        installation.stop();
        at("10:45:00");
        installation.start();

        awaitTicks(12);
        assertThat(decisions("SKIP")).containsExactly("10:10 FIRED", "10:20 SKIPPED", "10:30 SKIPPED", "10:40 SKIPPED");
        assertThat(decisions("LAST")).containsExactly("10:10 FIRED", "10:20 SKIPPED", "10:30 SKIPPED", "10:40 FIRED");
        assertThat(decisions("ALL")).containsExactly("10:10 FIRED", "10:20 FIRED", "10:30 FIRED", "10:40 FIRED");
        installation.restart();
        at("10:50:00");
        awaitTicks(15);
        assertThat(ticks.readToEnd()).as("nothing is decided again").hasSize(15);
    }

    @Test
    void jobsBeyondTheLimitWaitAndAreReleasedInOrderAlsoAfterARestart() throws Exception {
        installation.add(
                Definitions.minutely("a").setCronExpression("1 * * * *").setJobs(Definitions.jobs("p", "q", "r", "s")));
        installation.add(Definitions.minutely("b").setCronExpression("2 * * * *"));
        at("10:01:00");
        assertThat(awaitRequests(2)).containsExactlyInAnyOrder("a-p-20261121T100100Z", "a-q-20261121T100100Z");
        installation.restart();
        at("10:02:00");
        awaitTicks(2);

        installation.end("a", "a-p-20261121T100100Z", 1);
        assertThat(awaitRequests(3)).contains("a-r-20261121T100100Z");

        installation.retried("a", "a-p-20261121T100100Z", 2);
        TopicReader<ScheduledJob> noticed = installation.reader(Topics.SCHEDULED_JOBS);
        assertThat(values(noticed, 2)).extracting(ScheduledJob::getPlace).contains(JobPlace.TAKEN);
        installation.stop();
        installation.end("a", "a-q-20261121T100100Z", 1);
        installation.end("a", "a-r-20261121T100100Z", 1);
        installation.start();
        assertThat(awaitRequests(4)).contains("a-s-20261121T100100Z");
        noticed.awaitRecords(4, PATIENCE);
        installation.runNow("nobody", "0123abcd");
        awaitTicks(3);
        assertThat(requestsOfTicks())
                .as("the retry has taken one of both places")
                .hasSize(4)
                .doesNotContain("b-agent-20261121T100200Z");

        installation.end("a", "a-p-20261121T100100Z", 2);
        assertThat(awaitRequests(5)).contains("b-agent-20261121T100200Z");
    }

    @Test
    void runNowIsOneTickPerRequestAlsoAfterARestartAndAnUnknownScheduleIsAnswered() throws Exception {
        installation.add(Definitions.minutely("a").setEnabled(false));
        at("10:00:31");
        installation.runNow("a", "0123abcd-1");
        awaitTicks(1);
        installation.restart();
        installation.runNow("a", "0123abcd-1");
        installation.runNow("nobody", "89abcdef-2");

        assertThat(awaitTicks(2)).extracting(ScheduleTick::getRequestId).containsExactly("0123abcd-1", "89abcdef-2");
        assertThat(ticks.records().getLast().value().getReason()).isEqualTo("there is no schedule 'nobody'");
        assertThat(requestsOfTicks()).containsExactly("a-agent-now-0123abcd");
    }

    @Test
    void whatIsAskedForInTheMillisecondInWhichItsScheduleWasWrittenIsDone() throws Exception {
        installation.stop();
        installation.runNow("a", "0123abcd");
        installation.add(Definitions.minutely("a"));
        installation.start();
        assertThat(awaitTicks(1).getFirst().getDecision()).isEqualTo(TickDecision.FIRED);
        assertThat(awaitRequests(1)).containsExactly("a-agent-now-0123abcd");
    }

    @Test
    void aRemovedScheduleIsGoneAndItsWaitingJobsEndAsCancelled() throws Exception {
        installation.add(Definitions.minutely("a").setJobs(Definitions.jobs("p", "q", "r")));
        at("10:01:00");
        awaitRequests(2);
        installation.restart();
        installation.remove("a");
        assertThat(installation.controls().awaitRecords(1, PATIENCE))
                .extracting(ConsumerRecord::key)
                .containsExactly("a-r-20261121T100100Z");
        assertThat(awaitRequests(3)).contains("a-r-20261121T100100Z");
        at("10:05:00");
        installation.runNow("a", "0123abcd");
        assertThat(awaitTicks(2).getLast().getReason()).isEqualTo("there is no schedule 'a'");
    }

    @Test
    void itDoesNotStartOnTopicsThatWouldSplitItsState(TestPlatform platform, @TempDir Path folder) {
        try (Installation split = new Installation(platform, folder, clock)) {
            split.createWithPartitions(Topics.SCHEDULED_JOBS, 3);
            assertThatThrownBy(split::start)
                    .isInstanceOf(MissingHere.class)
                    .hasMessageContaining("scheduled-jobs")
                    .hasMessageContaining("wanted 1");
        }
    }

    private void at(String time) {
        clock.set(Instant.parse("2026-11-21T" + time + "Z"));
    }

    private List<ScheduleTick> awaitTicks(int count) {
        return values(ticks, count);
    }

    private List<String> awaitRequests(int count) {
        return requests.awaitRecords(count, PATIENCE).stream()
                .map(ConsumerRecord::key)
                .toList();
    }

    /** Exactly those that ticks so far have named, each once. */
    private List<String> requestsOfTicks() {
        return requests.readToEnd().stream().map(ConsumerRecord::key).sorted().toList();
    }

    private List<String> decisions(String scheduleId) {
        return ticks.records().stream()
                .filter(tick -> tick.key().equals(scheduleId))
                .map(tick -> tick.value().getTickAt().toString().substring(11, 16) + " "
                        + tick.value().getDecision())
                .toList();
    }

    private static <V extends SpecificRecord> List<V> values(TopicReader<V> reader, int count) {
        return reader.awaitRecords(count, PATIENCE).stream()
                .map(ConsumerRecord::value)
                .toList();
    }
}
