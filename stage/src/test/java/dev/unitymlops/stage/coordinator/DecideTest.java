package dev.unitymlops.stage.coordinator;

import static dev.unitymlops.stage.coordinator.Samples.MAX_ATTEMPTS;
import static dev.unitymlops.stage.coordinator.Samples.event;
import static dev.unitymlops.stage.coordinator.Samples.failed;
import static dev.unitymlops.stage.coordinator.Samples.input;
import static dev.unitymlops.stage.coordinator.Samples.offerOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.RunOutcome;
import dev.unitymlops.events.Stage;
import dev.unitymlops.stage.coordinator.Decision.Verdict;
import dev.unitymlops.stage.coordinator.JobState.CancelledAhead;
import dev.unitymlops.stage.coordinator.JobState.Cancelling;
import dev.unitymlops.stage.coordinator.JobState.Ended;
import dev.unitymlops.stage.coordinator.JobState.Held;
import dev.unitymlops.stage.coordinator.JobState.Live;
import dev.unitymlops.stage.coordinator.JobState.Phase;
import dev.unitymlops.stage.coordinator.JobState.Queued;
import dev.unitymlops.stage.coordinator.JobState.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of states and commands in the design, row by row. */
class DecideTest {

    private static final String JOB = "job-1";
    private static final long NOW = 1_000_000;
    private static final long BEFORE = 900_000;
    private static final String HASH = "a".repeat(64);
    private static final String OTHER_HASH = "b".repeat(64);

    private final Decide decide = new Decide(Stage.BUILD, RetryDelay.STANDARD);

    private static final Live QUEUED = live(0, 0, new Queued());
    private static final Live HELD = live(2, 1, new Held("w", true));
    private static final Live WAITING = live(2, 1, new Waiting(NOW + 500));
    private static final Live CANCELLING = live(2, 1, new Cancelling("w"));
    private static final Ended SUCCEEDED = new Ended(1, 7, RunOutcome.SUCCEEDED, HASH, null, BEFORE);
    private static final Ended FAILED = new Ended(1, 7, RunOutcome.FAILED, HASH, input(HASH), BEFORE);
    private static final Ended CANCELLED = new Ended(1, 7, RunOutcome.CANCELLED, HASH, input(HASH), BEFORE);
    private static final CancelledAhead AHEAD = new CancelledAhead(1, 0, "", BEFORE);

    @Nested
    class Arrival {

        @Test
        void ofAnUnknownJobIsQueued() {
            Decision decision = on(null, new Command.Input(1, input(HASH)));
            assertThat(decision.next()).isEqualTo(new Live(1, 1, input(HASH), 0, 0, NOW, new Queued()));
            assertThat(phases(decision)).containsExactly("accepted");
        }

        @Test
        void ofAnUnknownJobIsHeldAtOnceByTheWorkerThatOffers() {
            Decision decision = decide.decide(JOB, null, new Command.Input(1, input(HASH)), NOW, offerOf("local"));
            assertThat(decision.next()).isEqualTo(new Live(1, 1, input(HASH), 1, 0, NOW, new Held("local", false)));
        }

        @Test
        void isToldAsAcceptedByTheFirstStageOnly() {
            Decision decision = new Decide(Stage.TRAIN, RetryDelay.STANDARD)
                    .decide(JOB, null, new Command.Input(1, input(HASH)), NOW, Offer.NONE);
            assertThat(decision.outputs()).isEmpty();
        }

        @ParameterizedTest
        @MethodSource("dev.unitymlops.stage.coordinator.DecideTest#ofRunOne")
        void againWithTheSameContentIsDroppedAndTold(JobState state) {
            Decision decision = on(state, new Command.Input(1, input(HASH)));
            assertThat(decision.verdict()).isEqualTo(Verdict.DUPLICATE);
            assertThat(decision.next()).isSameAs(state);
            assertThat(phases(decision)).containsExactly("duplicate");
        }

        @ParameterizedTest
        @MethodSource("dev.unitymlops.stage.coordinator.DecideTest#ofRunOne")
        void againWithOtherContentIsRejectedAndTheFirstUntouched(JobState state) {
            Decision decision = on(state, new Command.Input(1, input(OTHER_HASH)));
            assertThat(decision.verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(decision.next()).isSameAs(state);
            JobRejected rejected = ((Output.Rejected) decision.outputs().getFirst()).event();
            assertThat(rejected.getReason()).isEqualTo("duplicate");
            assertThat(rejected.getContentHash()).isEqualTo(OTHER_HASH);
            assertThat(rejected.getExistingContentHash()).isEqualTo(HASH);
            assertThat(rejected.getRequestedBy()).isEqualTo("tests");
            assertThat(rejected.getRecord()).isEqualTo(input(HASH).getRecord());
            assertThat(rejected.getProblems()).singleElement().satisfies(problem -> {
                assertThat(problem.getMessage()).contains(HASH, OTHER_HASH);
                assertThat(problem.getRemedy()).contains("--new-id");
            });
        }

        @ParameterizedTest
        @MethodSource("dev.unitymlops.stage.coordinator.DecideTest#endedInRunOne")
        void ofALaterRunAfterAnEndIsAsNew(JobState state) {
            Decision decision = on(state, new Command.Input(2, input(OTHER_HASH)));
            assertThat(decision.next())
                    .isEqualTo(new Live(2, state.version() + 1, input(OTHER_HASH), 0, 0, NOW, new Queued()));
            assertThat(phases(decision)).containsExactly("accepted");
        }

        @Test
        void ofALaterRunEndsTheOneThatIsLive() {
            Decision decision = on(HELD, new Command.Input(2, input(OTHER_HASH)));
            assertThat(decision.next())
                    .isEqualTo(new Live(2, HELD.version() + 1, input(OTHER_HASH), 0, 0, NOW, new Queued()));
            JobFailed failed = failure(decision);
            assertThat(failed.getRun()).isEqualTo(1);
            assertThat(failed.getCause()).isEqualTo(FailureCause.CANCELLED);
            assertThat(failed.getMessages()).containsExactly("superseded by run 2");
        }

        @ParameterizedTest
        @MethodSource("dev.unitymlops.stage.coordinator.DecideTest#ofRunTwo")
        void ofAnOlderRunWithTheSameContentIsDroppedAndTold(JobState state) {
            Decision decision = on(state, new Command.Input(1, input(HASH)));
            assertThat(decision.verdict()).isEqualTo(Verdict.DUPLICATE);
            assertThat(decision.next()).isSameAs(state);
            assertThat(decision.outputs()).singleElement().satisfies(output -> {
                JobProgress told = ((Output.Progress) output).event();
                assertThat(told.getPhase()).isEqualTo("duplicate");
                assertThat(told.getRun()).as("the run that was asked for").isEqualTo(1);
                assertThat(told.getMessage()).contains("run 2");
            });
        }

        @ParameterizedTest
        @MethodSource("dev.unitymlops.stage.coordinator.DecideTest#ofRunTwo")
        void ofAnOlderRunWithOtherContentIsRejectedAndTheJobUntouched(JobState state) {
            Decision decision = on(state, new Command.Input(1, input(OTHER_HASH)));
            assertThat(decision.verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(decision.next()).isSameAs(state);
            JobRejected rejected = ((Output.Rejected) decision.outputs().getFirst()).event();
            assertThat(rejected.getRun()).isEqualTo(1);
            assertThat(rejected.getReason()).isEqualTo("duplicate");
            assertThat(rejected.getContentHash()).isEqualTo(OTHER_HASH);
            assertThat(rejected.getExistingContentHash()).isEqualTo(HASH);
        }

        @Test
        void afterItsCancellationEndsAsCancelled() {
            Decision decision = decide.decide(JOB, AHEAD, new Command.Input(1, input(HASH)), NOW, offerOf("local"));
            assertThat(decision.next()).isEqualTo(new Ended(1, 2, RunOutcome.CANCELLED, HASH, input(HASH), NOW));
            assertThat(failure(decision).getCause()).isEqualTo(FailureCause.CANCELLED);
            assertThat(failure(decision).getAttempt()).isZero();
            assertThat(decision.outputs()).hasSize(1);
        }

        @Test
        void ofTheFirstRunAfterTheCancellationOfTheSecondDoesNotVanish() {
            CancelledAhead ofTheSecond = new CancelledAhead(2, 0, "", BEFORE);
            Decision decision = on(ofTheSecond, new Command.Input(1, input(HASH)));
            assertThat(failure(decision).getRun()).isEqualTo(1);
            assertThat(decision.next()).isEqualTo(new CancelledAhead(2, 1, HASH, BEFORE));
            assertThat(phases(on(decision.next(), new Command.Input(1, input(HASH)))))
                    .containsExactly("duplicate");
        }
    }

    @Nested
    class Claim {

        @Test
        void ofTheQueuedVersionMakesItsWorkerTheHolder() {
            Decision decision = on(QUEUED, new Command.Claim(1, QUEUED.version(), "w"));
            assertThat(decision.next())
                    .isEqualTo(new Live(1, QUEUED.version() + 1, input(HASH), 1, 0, BEFORE, new Held("w", false)));
            assertThat(decision.outputs()).isEmpty();
        }

        @Test
        void raisesTheAttemptNumberEachTime() {
            Live second = live(4, 0, new Queued());
            assertThat(liveAfter(on(second, new Command.Claim(1, second.version(), "w")))
                            .attempt())
                    .isEqualTo(5);
        }

        @Test
        void ofAnotherVersionOrRunIsDropped() {
            assertDropped(QUEUED, new Command.Claim(1, QUEUED.version() - 1, "w"));
            assertDropped(QUEUED, new Command.Claim(2, QUEUED.version(), "w"));
        }

        @ParameterizedTest
        @MethodSource("dev.unitymlops.stage.coordinator.DecideTest#notQueued")
        void ofWhatIsNotQueuedIsDropped(JobState state) {
            assertDropped(state, new Command.Claim(1, state.version(), "v"));
        }

        @Test
        void ofAnUnknownJobIsDropped() {
            assertDropped(null, new Command.Claim(1, 1, "w"));
        }
    }

    @Nested
    class TheHolder {

        @Test
        void whoDeclinesGivesTheJobBackWithoutUsingAnAttempt() {
            Live after = liveAfter(on(HELD, new Command.Decline(1, 2, "w", 0, "drained")));
            assertThat(after).isEqualTo(live(HELD.version() + 1, 2, 1, new Queued()));
        }

        @Test
        void whoDeclinesForAWhileMakesTheJobWait() {
            Decision decision = on(HELD, new Command.Decline(1, 2, "w", 60_000, "no licence"));
            assertThat(decision.next()).isEqualTo(live(HELD.version() + 1, 2, 1, new Waiting(NOW + 60_000)));
            assertThat(phases(decision)).containsExactly("retrying");
        }

        @Test
        void whoBeatsIsAliveAndNobodyElseNeedsToKnow() {
            Live unheard = live(2, 1, new Held("w", false));
            Decision first = on(unheard, new Command.Beat(1, 2, "w"));
            assertThat(first.next()).isEqualTo(HELD);
            assertThat(first.verdict()).isEqualTo(Verdict.APPLIED);
            Decision second = on(HELD, new Command.Beat(1, 2, "w"));
            assertThat(second.next()).isEqualTo(HELD);
            assertThat(second.verdict()).isEqualTo(Verdict.APPLIED);
            assertThat(second.outputs()).isEmpty();
        }

        @Test
        void whoIsDoneHasItsEventPublishedAsItStands() {
            Decision decision = on(HELD, new Command.Done(1, 2, "w", event("the event")));
            assertThat(decision.next())
                    .isEqualTo(new Ended(1, HELD.version() + 1, RunOutcome.SUCCEEDED, HASH, null, NOW));
            assertThat(decision.outputs())
                    .containsExactly(new Output.Event(
                            1, 2, event("the event"), input(HASH).getTraceparent()));
        }

        @Test
        void whoFailsWithAttemptsLeftMakesTheJobWaitForTheNext() {
            Decision decision = on(HELD, failed(1, 2, "w", true, true));
            long wait = RetryDelay.STANDARD.millis(JOB, 2, 2);
            assertThat(decision.next()).isEqualTo(live(HELD.version() + 1, 2, 2, new Waiting(NOW + wait)));
            assertThat(wait).isBetween(2_000L, 2_500L);
            assertThat(phases(decision)).containsExactly("retrying");
        }

        @Test
        void whoLacksALicenceWaitsWithoutUsingAnAttempt() {
            Live last = live(9, MAX_ATTEMPTS - 1, new Held("w", true));
            Decision decision =
                    on(last, new Command.Failed(1, 9, "w", Samples.failure(1, 9, "w", true, false, 60_000)));
            assertThat(decision.next())
                    .isEqualTo(live(last.version() + 1, 9, MAX_ATTEMPTS - 1, new Waiting(NOW + 60_000)));
        }

        @Test
        void whoFailsWithTheLastAttemptEndsTheRun() {
            Live last = live(3, MAX_ATTEMPTS - 1, new Held("w", true));
            Decision decision = on(last, failed(1, 3, "w", true, true));
            assertThat(decision.next())
                    .isEqualTo(new Ended(1, last.version() + 1, RunOutcome.FAILED, HASH, input(HASH), NOW));
            assertThat(failure(decision).getCause()).isEqualTo(FailureCause.INFRASTRUCTURE);
        }

        @Test
        void whoFailsForGoodEndsTheRunAndEverythingIsTold() {
            Decision decision = on(HELD, failed(1, 2, "w", false, true));
            assertThat(decision.next())
                    .isEqualTo(new Ended(1, HELD.version() + 1, RunOutcome.FAILED, HASH, input(HASH), NOW));
            JobFailed failed = failure(decision);
            assertThat(failed.getJobId()).isEqualTo(JOB);
            assertThat(failed.getStage()).isEqualTo(Stage.BUILD);
            assertThat(failed.getRun()).isEqualTo(1);
            assertThat(failed.getAttempt()).isEqualTo(2);
            assertThat(failed.getMessages()).containsExactly("the disk is full");
            assertThat(failed.getLogTail()).isEqualTo("last line");
            assertThat(failed.getArtifacts()).isEqualTo("file:///artifacts/j/run-1/build/attempt-1");
            assertThat(failed.getInput()).isEqualTo(input(HASH).getRecord());
            assertThat(failed.getContentHash()).isEqualTo(HASH);
            assertThat(failed.getDryRun()).isTrue();
            assertThat(failed.getAssetId()).isEqualTo("asset-1");
            assertThat(failed.getScheduleId()).isEqualTo("nightly");
            assertThat(failed.getWebhookUrl()).isEqualTo("endpoint:team");
            assertThat(failed.getFailedAt()).isEqualTo(Instant.ofEpochMilli(NOW));
            assertThat(((Output.Failed) decision.outputs().getFirst()).traceparent())
                    .isEqualTo(input(HASH).getTraceparent());
        }

        @Test
        void whoFallsSilentLosesTheJobToTheQueueAndUsesAnAttempt() {
            Decision decision = on(HELD, new Command.Silence(1, 2, "w"));
            assertThat(decision.next()).isEqualTo(live(HELD.version() + 1, 2, 2, new Queued()));
            assertThat(phases(decision)).containsExactly("retrying");
        }

        @Test
        void whoWasNeverHeardUsesNoAttempt() {
            Live unheard = live(3, MAX_ATTEMPTS - 1, new Held("w", false));
            assertThat(liveAfter(on(unheard, new Command.Silence(1, 3, "w"))))
                    .isEqualTo(live(unheard.version() + 1, 3, MAX_ATTEMPTS - 1, new Queued()));
        }

        @Test
        void whoFallsSilentInTheLastAttemptEndsTheRunAsLost() {
            Live last = live(3, MAX_ATTEMPTS - 1, new Held("w", true));
            Decision decision = on(last, new Command.Silence(1, 3, "w"));
            assertThat(((Ended) decision.next()).outcome()).isEqualTo(RunOutcome.FAILED);
            assertThat(failure(decision).getCause()).isEqualTo(FailureCause.LOST_WORKER);
        }
    }

    @Nested
    class Cancellation {

        @ParameterizedTest
        @MethodSource("dev.unitymlops.stage.coordinator.DecideTest#withoutHolder")
        void ofWhatNobodyHoldsEndsTheRun(Live state) {
            Decision decision = on(state, new Command.Cancel(1, "too slow"));
            assertThat(decision.next())
                    .isEqualTo(new Ended(1, state.version() + 1, RunOutcome.CANCELLED, HASH, input(HASH), NOW));
            assertThat(failure(decision).getCause()).isEqualTo(FailureCause.CANCELLED);
            assertThat(failure(decision).getMessages()).containsExactly("cancelled: too slow");
        }

        @Test
        void ofWhatIsHeldAsksTheHolderToStop() {
            Decision decision = on(HELD, new Command.Cancel(1, "too slow"));
            assertThat(decision.next()).isEqualTo(live(HELD.version() + 1, 2, 1, new Cancelling("w")));
            assertThat(decision.outputs()).isEmpty();
        }

        @Test
        void againIsDropped() {
            assertDropped(CANCELLING, new Command.Cancel(1, ""));
        }

        @Test
        void thatComesTooLateLeavesWhatIsDoneDone() {
            Decision decision = on(CANCELLING, new Command.Done(1, 2, "w", event("e")));
            assertThat(((Ended) decision.next()).outcome()).isEqualTo(RunOutcome.SUCCEEDED);
            assertThat(decision.outputs()).singleElement().isInstanceOf(Output.Event.class);
        }

        @Test
        void isOverWhenTheHolderHasFailed() {
            Decision decision = on(CANCELLING, failed(1, 2, "w", true, true));
            assertThat(((Ended) decision.next()).outcome()).isEqualTo(RunOutcome.CANCELLED);
            assertThat(failure(decision).getCause()).isEqualTo(FailureCause.CANCELLED);
            assertThat(failure(decision).getMessages()).containsExactly("the disk is full");
            assertThat(failure(decision).getArtifacts()).isNotNull();
        }

        @Test
        void isOverWhenTheHolderDeclinesOrFallsSilent() {
            for (Command report : List.of(new Command.Decline(1, 2, "w", 0, ""), new Command.Silence(1, 2, "w"))) {
                Decision decision = on(CANCELLING, report);
                assertThat(decision.next())
                        .isEqualTo(
                                new Ended(1, CANCELLING.version() + 1, RunOutcome.CANCELLED, HASH, input(HASH), NOW));
                assertThat(failure(decision).getCause()).isEqualTo(FailureCause.CANCELLED);
            }
        }

        @Test
        void leavesABeatingHolderAlive() {
            Decision decision = on(CANCELLING, new Command.Beat(1, 2, "w"));
            assertThat(decision.next()).isEqualTo(CANCELLING);
            assertThat(decision.verdict()).isEqualTo(Verdict.APPLIED);
        }

        @Test
        void beforeTheInputIsKeptForIt() {
            assertThat(on(null, new Command.Cancel(3, "")).next()).isEqualTo(new CancelledAhead(3, 0, "", NOW));
        }

        @ParameterizedTest
        @MethodSource("dev.unitymlops.stage.coordinator.DecideTest#endedInRunOne")
        void ofARunAfterAnEndedOneIsKeptForIt(JobState state) {
            assertThat(on(state, new Command.Cancel(2, "")).next())
                    .isEqualTo(new CancelledAhead(2, state.version(), state.contentHash(), NOW));
        }

        @Test
        void ofARunThatHasEndedOrIsOlderIsDropped() {
            for (JobState state : List.of(SUCCEEDED, FAILED, CANCELLED)) {
                assertDropped(state, new Command.Cancel(1, ""));
            }
            for (JobState state : ofRunTwo().toList()) {
                assertDropped(state, new Command.Cancel(1, ""));
            }
        }

        @Test
        void ofALaterRunWhileOneIsLiveIsDropped() {
            assertDropped(HELD, new Command.Cancel(2, ""));
        }
    }

    @Nested
    class Retry {

        @Test
        void ofAFailedOrCancelledRunStartsTheNextFromItsInput() {
            for (Ended ended : List.of(FAILED, CANCELLED)) {
                Live after = liveAfter(on(ended, new Command.Retry(1, true)));
                assertThat(after.run()).isEqualTo(2);
                assertThat(after.attempt()).isZero();
                assertThat(after.used()).isZero();
                assertThat(after.version()).isEqualTo(ended.version() + 1);
                assertThat(after.input().getRecord()).isEqualTo(input(HASH).getRecord());
                assertThat(after.input().getResume()).isTrue();
                assertThat(liveAfter(on(ended, new Command.Retry(1, false)))
                                .input()
                                .getResume())
                        .isFalse();
            }
        }

        @Test
        void ofASuccessAnotherRunOrALiveOneIsDropped() {
            assertDropped(SUCCEEDED, new Command.Retry(1, false));
            assertDropped(FAILED, new Command.Retry(2, false));
            assertDropped(HELD, new Command.Retry(1, false));
            assertDropped(null, new Command.Retry(1, false));
        }

        @Test
        void ofACancellationWithoutInputIsDropped() {
            assertDropped(AHEAD, new Command.Retry(1, false));
        }
    }

    @Nested
    class AReport {

        @ParameterizedTest
        @MethodSource("dev.unitymlops.stage.coordinator.DecideTest#strangers")
        void ofAnotherRunAttemptOrWorkerIsIgnored(Command.Report report) {
            assertDropped(HELD, report);
            assertDropped(CANCELLING, report);
        }

        @Test
        void ofAnAttemptThatIsOverIsIgnored() {
            for (JobState state :
                    Stream.of(QUEUED, WAITING, SUCCEEDED, FAILED, AHEAD).toList()) {
                assertDropped(state, new Command.Done(1, 2, "w", event("late")));
                assertDropped(state, failed(1, 2, "w", false, true));
            }
            assertDropped(null, new Command.Beat(1, 1, "w"));
        }
    }

    @Nested
    class Time {

        @Test
        void endsABackOffThatIsOver() {
            Live due = live(2, 1, new Waiting(NOW));
            assertThat(on(due, new Command.Wake()).next()).isEqualTo(live(due.version() + 1, 2, 1, new Queued()));
            Decision granted = decide.decide(JOB, due, new Command.Wake(), NOW, offerOf("local"));
            assertThat(granted.next()).isEqualTo(live(due.version() + 1, 3, 1, new Held("local", false)));
        }

        @Test
        void leavesOneThatIsNotOverAndEverythingElse() {
            Stream.of(WAITING, QUEUED, HELD, CANCELLING, SUCCEEDED, AHEAD)
                    .forEach(state -> assertDropped(state, new Command.Wake()));
        }

        @Test
        void inTheShapeOfAnEchoConcernsNoJob() {
            assertDropped(HELD, new Command.Tick(0, "task", 1));
        }
    }

    static Stream<JobState> ofRunOne() {
        return Stream.of(QUEUED, HELD, WAITING, CANCELLING, SUCCEEDED, FAILED, CANCELLED);
    }

    static Stream<JobState> endedInRunOne() {
        return Stream.of(SUCCEEDED, FAILED, CANCELLED, AHEAD);
    }

    static Stream<JobState> notQueued() {
        return Stream.of(HELD, WAITING, CANCELLING, SUCCEEDED, FAILED, AHEAD);
    }

    static Stream<Live> withoutHolder() {
        return Stream.of(QUEUED, WAITING);
    }

    static Stream<JobState> ofRunTwo() {
        return Stream.of(
                new Live(2, 9, input(HASH), 1, 0, BEFORE, new Held("w", true)),
                new Ended(2, 9, RunOutcome.FAILED, HASH, input(HASH), BEFORE),
                new CancelledAhead(2, 9, HASH, BEFORE));
    }

    static Stream<Command.Report> strangers() {
        return Stream.of(
                new Command.Beat(1, 1, "w"),
                new Command.Beat(1, 2, "v"),
                new Command.Beat(2, 2, "w"),
                new Command.Done(1, 1, "w", event("e")),
                new Command.Done(1, 2, "v", event("e")),
                new Command.Decline(1, 3, "w", 0, ""),
                failed(1, 1, "w", false, true),
                new Command.Silence(1, 1, "w"));
    }

    private static Live live(int attempt, int used, Phase phase) {
        return live(7, attempt, used, phase);
    }

    private static Live live(long version, int attempt, int used, Phase phase) {
        return new Live(1, version, input(HASH), attempt, used, BEFORE, phase);
    }

    private Decision on(JobState state, Command command) {
        return decide.decide(JOB, state, command, NOW, Offer.NONE);
    }

    private void assertDropped(JobState state, Command command) {
        Decision decision = decide.decide(JOB, state, command, NOW, offerOf("local"));
        assertThat(decision.verdict()).as("%s on %s", command, state).isEqualTo(Verdict.STALE);
        assertThat(decision.next()).isSameAs(state);
        assertThat(decision.outputs()).isEmpty();
    }

    private static Live liveAfter(Decision decision) {
        return (Live) decision.next();
    }

    private static JobFailed failure(Decision decision) {
        return decision.outputs().stream()
                .filter(Output.Failed.class::isInstance)
                .map(output -> ((Output.Failed) output).event())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> phases(Decision decision) {
        return decision.outputs().stream()
                .map(output -> ((Output.Progress) output).event())
                .map(JobProgress::getPhase)
                .toList();
    }
}
