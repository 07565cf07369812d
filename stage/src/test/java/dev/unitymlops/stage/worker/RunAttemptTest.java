package dev.unitymlops.stage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.DeclineCommand;
import dev.unitymlops.events.DoneCommand;
import dev.unitymlops.events.FailedCommand;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.job.ContentHash;
import dev.unitymlops.runtime.Backoff;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.stage.DryBuilds;
import dev.unitymlops.stage.Requests;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageHandler;
import dev.unitymlops.stage.StageLine;
import dev.unitymlops.stage.artifacts.ArtifactStore;
import dev.unitymlops.stage.children.SupervisedChildren;
import dev.unitymlops.stage.intake.Arrived;
import dev.unitymlops.stage.worker.RunAttempt.End;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How attempts end, with stops at the worst moments. Each runs on the test's thread. */
class RunAttemptTest {

    @TempDir
    Path folder;

    private final TrainingJob job = Requests.job("job-1", "");
    private final StageWork held = held();
    private RunningAttempt attempt = new RunningAttempt("job-1", held, 0, Instant.EPOCH);
    private final MockProducer<String, StageCommand> commands =
            new MockProducer<>(true, null, new StringSerializer(), (topic, command) -> new byte[] {1});
    private final Deque<RuntimeException> registryFails = new ArrayDeque<>();
    private @Nullable StopReason stopWhenRegistryFails;
    private final WorkView view = new WorkView();
    private Quotas quotas = Quotas.NONE;

    @AfterEach
    void noFlagIsLeftForTheNextAttempt() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whatTheHandlerMakesIsCommittedAndReported() throws IOException {
        assertThat(run(new DryBuilds())).isEqualTo(End.DONE);
        assertThat(reported()).isInstanceOf(DoneCommand.class);
        assertThat(result()).contains("\"outcome\" : \"succeeded\"");
    }

    @Test
    void anAttemptBeyondItsProjectsQuotaIsHandedBackBeforeItBegins() {
        quotas = new Quotas(Map.of("default", 1));
        DryBuilds handler = new DryBuilds();
        view.put("job-1", held);
        view.put("another", QueuedJobs.work(WorkPhase.CANCELLING, 2, 5, 1));
        assertThat(run(handler)).isEqualTo(End.HANDED_BACK);
        assertThat(reported()).isInstanceOf(DeclineCommand.class);
        assertThat(handler.attempts("job-1")).isZero();
    }

    @Test
    void anAttemptWithinItsProjectsQuotaRuns() {
        quotas = new Quotas(Map.of("default", 1));
        view.put("job-1", held);
        view.put("of-another-project", QueuedJobs.ofProject("yard", QueuedJobs.work(WorkPhase.HELD, 2, 5, 1)));
        assertThat(run(new DryBuilds())).isEqualTo(End.DONE);
    }

    @Test
    void aStopThatComesWhenTheWorkIsDoneChangesNothing() {
        StageHandler<JobRequested, BuildCompleted> finishes = (input, here) -> {
            BuildCompleted event = new DryBuilds().handle(input, here);
            attempt.stop(StopReason.CANCELLED);
            Thread.interrupted();
            return event;
        };
        assertThat(run(finishes)).isEqualTo(End.DONE);
        assertThat(reported()).isInstanceOf(DoneCommand.class);
    }

    @Test
    void aFailureIsReportedAlthoughTheThreadIsInterrupted() throws IOException {
        StageHandler<JobRequested, BuildCompleted> leavesTheFlag = (input, here) -> {
            Thread.currentThread().interrupt();
            throw StageFailure.user("the scene is missing");
        };
        assertThat(run(leavesTheFlag)).isEqualTo(End.FAILED);
        FailedCommand failed = (FailedCommand) reported();
        assertThat(failed.getCause()).isEqualTo(FailureCause.USER);
        assertThat(failed.getRetry()).isFalse();
        assertThat(failed.getArtifacts()).isEqualTo(attemptFolder().toUri().toString());
        assertThat(result()).contains("the scene is missing");
    }

    @Test
    void whateverADrainBreaksIsHandedBackWithoutUsingAnAttempt() {
        List<StageHandler<JobRequested, BuildCompleted>> breaks = List.of(
                (input, here) -> {
                    attempt.stop(StopReason.DRAINED);
                    throw new InterruptedException();
                },
                (input, here) -> {
                    attempt.stop(StopReason.DRAINED);
                    throw StageFailure.infrastructure("the trainer ended with 130");
                },
                (input, here) -> {
                    attempt.stop(StopReason.DRAINED);
                    throw new IllegalStateException("a wait was interrupted");
                });
        for (StageHandler<JobRequested, BuildCompleted> handler : breaks) {
            commands.clear();
            attempt = new RunningAttempt("job-1", held, 0, Instant.EPOCH);
            assertThat(run(handler)).isEqualTo(End.HANDED_BACK);
            assertThat(reported()).isInstanceOf(DeclineCommand.class);
        }
    }

    @Test
    void aCancelledAttemptSaysSoAndStoresIt() throws IOException {
        StageHandler<JobRequested, BuildCompleted> cancelled = (input, here) -> {
            attempt.stop(StopReason.CANCELLED);
            throw new InterruptedException();
        };
        assertThat(run(cancelled)).isEqualTo(End.CANCELLED);
        assertThat(((FailedCommand) reported()).getCause()).isEqualTo(FailureCause.CANCELLED);
        assertThat(result()).contains("\"outcome\" : \"cancelled\"");
    }

    @Test
    void aSupersededAttemptPublishesNothing() {
        StageHandler<JobRequested, BuildCompleted> superseded = (input, here) -> {
            attempt.stop(StopReason.SUPERSEDED);
            throw new InterruptedException();
        };
        assertThat(run(superseded)).isEqualTo(End.ABANDONED);
        assertThat(commands.history()).isEmpty();
    }

    @Test
    void anErrorIsAFailureAndNotSilence() {
        StageHandler<JobRequested, BuildCompleted> lacksALibrary = (input, here) -> {
            throw new UnsatisfiedLinkError("libonnxruntime.so");
        };
        assertThat(run(lacksALibrary)).isEqualTo(End.FAILED);
        FailedCommand failed = (FailedCommand) reported();
        assertThat(failed.getCause()).isEqualTo(FailureCause.INFRASTRUCTURE);
        assertThat(failed.getRetry()).isTrue();
        assertThat(failed.getMessages()).singleElement().asString().contains("libonnxruntime.so");
    }

    @Test
    void aResultWaitsForTheSchemaRegistry() {
        registryFails.add(new SerializationException("no registry", new ConnectException("refused")));
        registryFails.add(new SerializationException("no registry", new ConnectException("refused")));
        assertThat(run(new DryBuilds())).isEqualTo(End.DONE);
        assertThat(reported()).isInstanceOf(DoneCommand.class);
    }

    @Test
    void aStopAfterTheCommitKeepsTheResultForTheNextAttempt() throws IOException {
        registryFails.add(new SerializationException("no registry", new ConnectException("refused")));
        StageHandler<JobRequested, BuildCompleted> stoppedLate = (input, here) -> {
            BuildCompleted event = new DryBuilds().handle(input, here);
            stopWhenRegistryFails = StopReason.CANCELLED;
            return event;
        };
        assertThat(run(stoppedLate)).isEqualTo(End.CANCELLED);
        assertThat(result()).contains("\"outcome\" : \"succeeded\"");
    }

    @Test
    void aCommittedResultIsAdoptedWithoutWork() {
        run(new DryBuilds());
        commands.clear();
        DryBuilds idle = new DryBuilds();
        assertThat(run(idle)).isEqualTo(End.DONE);
        assertThat(idle.attempts("job-1")).isZero();
        assertThat(reported()).isInstanceOf(DoneCommand.class);
    }

    private End run(StageHandler<JobRequested, BuildCompleted> handler) {
        KafkaClients nowhere = new KafkaClients(
                Settings.of(Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "http://127.0.0.1:1"))
                        .read(KafkaSettings::from));
        Serializer<BuildCompleted> serializer = (topic, event) -> {
            if (!registryFails.isEmpty()) {
                if (stopWhenRegistryFails != null) {
                    attempt.stop(stopWhenRegistryFails);
                }
                throw registryFails.poll();
            }
            return new byte[] {2};
        };
        MockProducer<String, SpecificRecord> progress =
                new MockProducer<>(true, null, new StringSerializer(), (topic, event) -> new byte[] {3});
        try (FetchInput<JobRequested> inputs = new FetchInput<>(
                StageLine.BUILD, nowhere, Arrived.with(held.getInput().getRecord(), Requests.of(job)))) {
            Reports reports = new Reports("build-commands", "me", commands, System::nanoTime);
            attempt.runsHere();
            return new RunAttempt<>(
                            StageLine.BUILD,
                            handler,
                            new RunAttempt.Tools<>(
                                    inputs,
                                    ArtifactStore.at(folder.resolve("artifacts").toString(), List.of()),
                                    folder.resolve("scratch"),
                                    reports,
                                    new EncodeEvent<>(
                                            serializer,
                                            "build-completed",
                                            new Backoff(Duration.ofMillis(50), Duration.ofMinutes(1), 0)),
                                    one -> new TellProgress(
                                            StageLine.BUILD, "job-progress", "me", one, progress, Clock.systemUTC()),
                                    one -> new SupervisedChildren(one::stopGrace),
                                    one -> new AskStanding(one, () -> CompletableFuture.completedFuture(true)),
                                    new AskQuota(quotas, view, () -> CompletableFuture.completedFuture(true))),
                            Clock.systemUTC())
                    .run(attempt);
        }
    }

    private Object reported() {
        assertThat(commands.history()).hasSize(1);
        return commands.history().getFirst().value().getBody();
    }

    private Path attemptFolder() {
        return folder.resolve("artifacts/job-1/run-1")
                .resolve(StageLine.BUILD.word())
                .resolve("attempt-1");
    }

    private String result() throws IOException {
        return Files.readString(attemptFolder().resolve("result.json"));
    }

    private StageWork held() {
        StageWork work = QueuedJobs.work(WorkPhase.HELD, 2, 5, 1);
        work.setAttempt(1);
        work.setWorker("me");
        work.getInput().setContentHash(ContentHash.of(job));
        return work;
    }
}
