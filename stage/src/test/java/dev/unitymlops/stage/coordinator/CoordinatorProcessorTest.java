package dev.unitymlops.stage.coordinator;

import static dev.unitymlops.stage.coordinator.Samples.failed;
import static dev.unitymlops.stage.coordinator.Samples.input;
import static dev.unitymlops.stage.coordinator.Samples.offerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.BeatCommand;
import dev.unitymlops.events.CancelCommand;
import dev.unitymlops.events.ClaimCommand;
import dev.unitymlops.events.InputCommand;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.StageState;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.runtime.streams.PollBatch;
import dev.unitymlops.runtime.streams.WithoutEffect;
import dev.unitymlops.stage.StageLine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The coordinator's task without a broker: ticks come back only when the test lets them. */
class CoordinatorProcessorTest {

    private static final Duration LEASE = Duration.ofSeconds(8);
    private static final Duration HORIZON = Duration.ofDays(31);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final RecordingWorker local = new RecordingWorker();
    private final CoordinatorProcessor processor = newProcessor();
    private MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    private KeyValueStore<String, StageState> store = openStore(context);
    private long nanos = 1;
    private long now = 1_000_000;

    @Test
    void aHolderThatNobodyHearsForFiveEchoesLosesTheJob() {
        start(processor);
        hold("job", true);
        for (int i = 0; i < 4; i++) {
            echo();
            assertThat(phase("job")).isEqualTo(WorkPhase.HELD);
        }
        echo();
        StageWork work = work("job");
        assertThat(work.getPhase()).isEqualTo(WorkPhase.QUEUED);
        assertThat(work.getAttemptsUsed()).isEqualTo(1);
        assertThat(work.getAttempt()).isEqualTo(1);
    }

    @Test
    void aHolderThatWasNeverHeardUsesNoAttempt() {
        start(processor);
        hold("job", false);
        for (int i = 0; i < 5; i++) {
            echo();
        }
        assertThat(work("job").getAttemptsUsed()).isZero();
        assertThat(phase("job")).isEqualTo(WorkPhase.QUEUED);
    }

    @Test
    void aBeatOverFourEchoesKeepsTheJob() {
        start(processor);
        hold("job", true);
        for (int i = 0; i < 40; i++) {
            echo();
            if (i % 4 == 0) {
                send("job", new BeatCommand(1, 1, "w"));
            }
        }
        assertThat(phase("job")).isEqualTo(WorkPhase.HELD);
    }

    @Test
    void withoutEchoesNobodyExpiresHoweverTheClocksGo() {
        start(processor);
        hold("job", true);
        for (int i = 0; i < 100; i++) {
            pass(Duration.ofHours(1));
            look();
        }
        assertThat(ticks()).as("the first is still outstanding").hasSize(1);
        assertThat(phase("job")).isEqualTo(WorkPhase.HELD);
    }

    @Test
    void aSilentHolderThatWasToStopEndsTheRunAsCancelled() {
        start(processor);
        hold("job", true);
        send("job", new CancelCommand(1, ""));
        for (int i = 0; i < 5; i++) {
            echo();
        }
        assertThat(store.get("job").getState()).isNotInstanceOf(StageWork.class);
        assertThat(to(Publish.FAILED)).hasSize(1);
        assertThat(lastWork()).as("tombstone").isNull();
    }

    @Test
    void aBackOffEndsByTheClock() {
        start(processor);
        hold("job", true);
        send("job", failed(1, 1, "w", true, true).failure());
        assertThat(phase("job")).isEqualTo(WorkPhase.WAITING);
        long until = work("job").getUntil();
        now = until - 1;
        look();
        assertThat(phase("job")).isEqualTo(WorkPhase.WAITING);
        now = until;
        look();
        assertThat(phase("job")).isEqualTo(WorkPhase.QUEUED);
        assertThat(((StageWork) lastWork()).getPhase()).isEqualTo(WorkPhase.QUEUED);
    }

    @Test
    void anEndedRunIsForgottenAfterTheHorizonAndNotBefore() {
        start(processor);
        hold("job", true);
        send("job", failed(1, 1, "w", false, true).failure());
        hold("live", true);
        now += HORIZON.toMillis();
        forget();
        assertThat(store.get("job")).as("at the horizon").isNotNull();
        now++;
        forget();
        assertThat(store.get("job")).as("after it").isNull();
        assertThat(store.get("live")).as("still live").isNotNull();
    }

    @Test
    void aSuccessorGoesOnFromTheStore() {
        start(processor);
        hold("held", true);
        hold("waiting", true);
        send("waiting", failed(1, 1, "w", true, true).failure());
        echo();
        echo();
        processor.close();

        CoordinatorProcessor successor = newProcessor();
        context = new MockProcessorContext<>();
        store = copyOf(store, context);
        start(successor);
        for (int i = 0; i < 4; i++) {
            echo(successor);
            assertThat(phase("held")).as("a lease begins anew").isEqualTo(WorkPhase.HELD);
        }
        echo(successor);
        assertThat(phase("held")).isEqualTo(WorkPhase.QUEUED);
        assertThat(phase("waiting")).as("its back-off is over").isEqualTo(WorkPhase.QUEUED);
    }

    /** Kafka Streams closes and initialises the same object when a transaction of its task was rolled back. */
    @Test
    void aRevivedTaskForgetsWhatWasRolledBack() {
        start(processor);
        send("rolled-back", new InputCommand(1, input("hash")));
        hold("kept", true);
        processor.close();

        context = new MockProcessorContext<>();
        KeyValueStore<String, StageState> committed = copyOf(store, context);
        committed.delete("rolled-back");
        store = committed;
        start(processor);
        send("rolled-back", new ClaimCommand(1, 1L, "w"));
        assertThat(store.get("rolled-back")).as("it never happened").isNull();
        send("rolled-back", new InputCommand(1, input("hash")));
        assertThat(work("rolled-back").getVersion()).isEqualTo(1);
        assertThat(phase("kept")).isEqualTo(WorkPhase.HELD);
    }

    @Test
    void aCommandThatCannotBeDecidedOnHasNoEffect() {
        start(processor);
        assertThatThrownBy(() -> send("job", "of a newer version")).isInstanceOf(WithoutEffect.class);
        assertThatThrownBy(() -> processor.process(new Record<>("job", null, now)))
                .isInstanceOf(WithoutEffect.class);
        assertThatThrownBy(() -> send(null, new InputCommand(1, input("hash"))))
                .isInstanceOf(WithoutEffect.class)
                .hasMessageContaining("names no job");
        assertThat(context.forwarded()).isEmpty();
        assertThat(metrics.counter(
                                "mlops.stage.decisions",
                                "stage",
                                "build",
                                "command",
                                "unknown",
                                "verdict",
                                "undecidable")
                        .count())
                .isEqualTo(3);
    }

    @Test
    void whatTheLocalWorkerIsGivenIsToldToIt() {
        local.offer = offerOf("local");
        start(processor);
        send("job", new InputCommand(1, input("hash")));
        assertThat(phase("job")).isEqualTo(WorkPhase.HELD);
        assertThat(local.granted).containsExactly("job/1");
        send("job", new BeatCommand(1, 1, "local"));
        assertThat(local.granted).as("a beat is no grant").hasSize(1);
        processor.close();
        assertThat(local.granted).isEmpty();
    }

    @Test
    void whatAWorkerClaimedIsNoGrant() {
        local.offer = offerOf("local");
        start(processor);
        local.offer = Offer.NONE;
        hold("job", false);
        assertThat(local.granted).isEmpty();
    }

    @Test
    void anEndedRunIsForgottenAfterTheHorizonAndALiveOneNever() {
        start(processor);
        send("ended", new CancelCommand(1, ""));
        hold("live", true);
        now += HORIZON.toMillis();
        punctuate(Duration.ofHours(1));
        assertThat(store.get("ended")).isNotNull();
        now++;
        punctuate(Duration.ofHours(1));
        assertThat(store.get("ended")).isNull();
        assertThat(phase("live")).isEqualTo(WorkPhase.HELD);
    }

    @Test
    void decisionsAreCounted() {
        start(processor);
        hold("job", true);
        send("job", new ClaimCommand(1, 1L, "late"));
        assertThat(counted("claim", "applied")).isEqualTo(1);
        assertThat(counted("claim", "stale")).isEqualTo(1);
        assertThat(counted("beat", "applied")).isEqualTo(1);
    }

    @Test
    void aDecisionWithNothingBehindItIsCommitted() {
        start(processor);
        send("job", new InputCommand(1, input("hash")));
        assertThat(context.committed()).isTrue();
        context.resetCommit();
        send("job", new ClaimCommand(1, work("job").getVersion() + 1, "w"));
        assertThat(context.committed())
                .as("a stale claim, of which nobody reads anything")
                .isFalse();
    }

    @Test
    void itIsLookedForTicksAndBackOffsOnlyWhileThereAreSome() {
        start(processor);
        assertThat(looks()).isZero();
        hold("job", true);
        assertThat(looks()).isEqualTo(1);
        send("job", failed(1, 1, "w", true, true).failure());
        assertThat(looks()).as("it backs off").isEqualTo(1);
        now = work("job").getUntil();
        look();
        assertThat(phase("job")).isEqualTo(WorkPhase.QUEUED);
        assertThat(looks()).isZero();
    }

    private long looks() {
        return context.scheduledPunctuators().stream()
                .filter(scheduled -> scheduled.getInterval().equals(Duration.ofMillis(200)) && !scheduled.cancelled())
                .count();
    }

    private double counted(String command, String verdict) {
        return metrics.counter("mlops.stage.decisions", "stage", "build", "command", command, "verdict", verdict)
                .count();
    }

    private CoordinatorProcessor newProcessor() {
        return new CoordinatorProcessor(
                new CoordinatorSettings(LEASE, HORIZON, () -> nanos, local, new CountDecisions("build", metrics)),
                new Decide(Stage.BUILD, RetryDelay.STANDARD),
                new Publish(StageLine.BUILD, new Random(1)),
                new StrayReports("build"),
                new PollBatch());
    }

    private void start(CoordinatorProcessor started) {
        context.setCurrentSystemTimeMs(now);
        started.init(context);
    }

    private void hold(String jobId, boolean reported) {
        send(jobId, new InputCommand(1, input("hash")));
        send(jobId, new ClaimCommand(1, work(jobId).getVersion(), "w"));
        if (reported) {
            send(jobId, new BeatCommand(1, 1, "w"));
        }
    }

    private void send(@Nullable String jobId, Object body) {
        context.setCurrentSystemTimeMs(now);
        processor.process(new Record<>(jobId, new StageCommand(body), now));
    }

    /** A quarter of a lease passes, a tick is written and comes back. */
    private void echo() {
        echo(processor);
    }

    private void echo(CoordinatorProcessor hearing) {
        int before = ticks().size();
        pass(LEASE.dividedBy(4));
        look();
        assertThat(ticks()).hasSize(before + 1);
        hearing.process(new Record<>(null, ticks().getLast(), now));
    }

    private void forget() {
        context.scheduledPunctuators().getFirst().getPunctuator().punctuate(now);
    }

    private void look() {
        punctuate(Duration.ofMillis(200));
    }

    private void punctuate(Duration every) {
        context.setCurrentSystemTimeMs(now);
        context.scheduledPunctuators().stream()
                .filter(scheduled -> scheduled.getInterval().equals(every) && !scheduled.cancelled())
                .toList()
                .forEach(scheduled -> scheduled.getPunctuator().punctuate(now));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        now += time.toMillis();
    }

    private List<StageCommand> ticks() {
        return to(Publish.TICK).stream().map(value -> (StageCommand) value).toList();
    }

    private List<Object> to(String sink) {
        return context.forwarded(sink).stream()
                .map(forward -> (Object) forward.record().value())
                .toList();
    }

    private @Nullable Object lastWork() {
        return context.forwarded(Publish.WORK).getLast().record().value();
    }

    private StageWork work(String jobId) {
        return (StageWork) store.get(jobId).getState();
    }

    private WorkPhase phase(String jobId) {
        return work(jobId).getPhase();
    }

    private static KeyValueStore<String, StageState> openStore(MockProcessorContext<String, Object> context) {
        return HostedTask.openStore(Stores.inMemoryKeyValueStore(CoordinatorTopology.STORE), context);
    }

    private static KeyValueStore<String, StageState> copyOf(
            KeyValueStore<String, StageState> store, MockProcessorContext<String, Object> context) {
        KeyValueStore<String, StageState> copy = openStore(context);
        try (var all = store.all()) {
            all.forEachRemaining(entry -> copy.put(entry.key, entry.value));
        }
        return copy;
    }

    /** Notes what it is granted. */
    private static final class RecordingWorker implements LocalWorker {
        private Offer offer = Offer.NONE;
        private final List<String> granted = new ArrayList<>();

        @Override
        public Offer offer() {
            return offer;
        }

        @Override
        public void granted(int partition, String jobId, int attempt) {
            granted.add(jobId + "/" + attempt);
        }

        @Override
        public void forget(int partition) {
            granted.clear();
        }
    }
}
