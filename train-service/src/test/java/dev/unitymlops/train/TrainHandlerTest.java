package dev.unitymlops.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.ModelFile;
import dev.unitymlops.events.Timeouts;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.events.TrainingFacts;
import dev.unitymlops.events.TrainingInput;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.Progress;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.stage.artifacts.CheckpointSet;
import dev.unitymlops.stage.artifacts.CheckpointSets;
import dev.unitymlops.stage.children.Children;
import dev.unitymlops.stage.children.SupervisedChildren;
import dev.unitymlops.train.mlagents.MlAgentsLearn;
import dev.unitymlops.train.mlagents.MlAgentsSettings;
import dev.unitymlops.train.mlagents.PortRanges;
import dev.unitymlops.train.trainer.OwnTrainingCommand;
import dev.unitymlops.trainerenv.TrainerEnv;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attempts with programs made for the purpose, under the real supervisor. */
@Timeout(300)
class TrainHandlerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

    private final Children children = new SupervisedChildren(() -> Duration.ofMillis(300));

    @TempDir
    private Path home;

    private Duration connectTimeout = Duration.ofMinutes(3);
    private Duration stallTimeout = Duration.ofMinutes(3);

    private static TrainingJob job() {
        return Jobs.job(config -> {
            config.setMaxSteps(1_000L);
            config.setNumEnvs(1);
        });
    }

    private TrainHandler handler(Optional<TrainerEnv> environment) {
        var settings =
                new MlAgentsSettings(List.of(), 31_008, 31_999, Duration.ofSeconds(5), connectTimeout, stallTimeout);
        var learn = new MlAgentsLearn(
                settings, () -> environment, new PortRanges(home.resolve("ports"), 31_008, 31_999), System::nanoTime);
        return new TrainHandler(learn, new OwnTrainingCommand(), InstantSource.fixed(NOW));
    }

    private TestAttempt attempt(TrainingJob job, int number) throws Exception {
        return TestAttempt.of(job, number, home, children);
    }

    private TrainingCompleted train(String body) throws Exception {
        TrainingJob job = job();
        return handler(MadeTrainer.of(home, body).environment()).handle(Players.idle(job, home), attempt(job, 1));
    }

    private StageFailure failure(String body) {
        return catchThrowableOfType(StageFailure.class, () -> train(body));
    }

    @Test
    void aTrainingThatEndsWellBecomesAnEvent() throws Exception {
        TrainingCompleted event = train("""
                connect
                echo '[INFO] Reach. Step: 500. Time Elapsed: 2.000 s. Mean Reward: 0.500. Std of Reward: 0.250. Training.'
                checkpoint 500
                finish 1003
                """);

        TrainingFacts training = event.getTraining();
        assertThat(event.getCompletedAt()).isEqualTo(NOW);
        assertThat(training.getModels())
                .extracting(ModelFile::getBehavior, ModelFile::getSteps)
                .containsExactly(tuple("Reach", 1_003L));
        Path model =
                ArtifactFiles.pathOf(training.getModels().getFirst().getFile().getUri());
        assertThat(model).endsWithRaw(Path.of("attempt-1/models/Reach.onnx"));
        assertThat(ArtifactFiles.describe(model))
                .isEqualTo(training.getModels().getFirst().getFile());
        assertThat(training.getModels().getFirst().getCheckpoint()).satisfies(checkpoint -> {
            Path file = ArtifactFiles.pathOf(checkpoint.getUri());
            assertThat(file).hasContent("weights of step 1003");
            assertThat(ArtifactFiles.describe(file)).isEqualTo(checkpoint);
        });
        assertThat(training.getInputs()).isEmpty();
        assertThat(training.getVersions()).isEqualTo(Map.of("mlagents", "1.1.0", "python", "3.11.2"));
        assertThat(training.getMetrics().getSteps()).isEqualTo(1_003);
        assertThat(training.getMetrics().getRewardStd()).isEqualTo(0.25);
        assertThat(training.getMetrics().getMeanReward())
                .as("no event file tells it")
                .isNull();
        assertThat(training.getMetrics().getResumedFromStep()).isNull();
        assertThat(Path.of(URI.create(training.getTrainerConfig().getUri())))
                .content()
                .contains("max_steps: 1000");
        assertThat(training.getFiles())
                .extracting(
                        file -> Path.of(URI.create(file.getUri())).getFileName().toString())
                .containsExactlyInAnyOrder("timers.json", "training_status.json");
    }

    @Test
    void progressIsTold() throws Exception {
        TrainingJob job = job();
        TestAttempt attempt = attempt(job, 1);
        MadeTrainer trainer = MadeTrainer.of(home, """
                connect
                connect # the second player
                echo '[INFO] Reach. Step: 500. Time Elapsed: 2.000 s. Mean Reward: 0.500. Std of Reward: 0.250. Training.'
                finish 1003
                """);

        handler(trainer.environment()).handle(Players.idle(job, home), attempt);

        assertThat(attempt.told())
                .contains(new Progress.Update("training", 500L, 1_000L, 0.5, 250.0, 2L, null))
                .extracting(Progress.Update::phase)
                .containsSubsequence(
                        "fetching the player", "starting the trainer", "player connected", "training", "collecting")
                .containsOnlyOnce("player connected");
    }

    @Test
    void anExitOf0WithoutModelIsAFailure() {
        assertThat(failure("connect; status 1003; exit 0"))
                .hasMessageContaining("mlagents-learn ended with 0, but the trainer wrote no Reach.onnx");
        assertThat(failure("connect; finish 1003; : > \"$out/Reach.onnx\""))
                .hasMessageContaining("Reach.onnx is empty");
        assertThat(failure("connect; finish 1003; printf '\\\\072\\\\100x' > \"$out/Reach.onnx\""))
                .hasMessageContaining("is not a whole ONNX model");
    }

    @Test
    void anExitOf0BeforeTheLastStepIsAFailure() {
        assertThat(failure("connect; finish 400"))
                .hasMessageContaining("trained the behaviour 'Reach' for 400 of 1000 steps");
        StageFailure interrupted = failure("""
                connect
                echo '[INFO] Learning was interrupted. Please wait while the graph is generated.'
                finish 1003
                """);
        assertThat(interrupted).hasMessageContaining("before its last step");
        assertThat(interrupted.retry()).isEqualTo(Retry.BACK_OFF);
    }

    @Test
    void aNonZeroExitIsToldByWhatWasPrintedOnEitherStream() {
        StageFailure config = failure("""
                echo 'mlagents.trainers.exception.TrainerConfigError: The option x is invalid.' >&2
                exit 1
                """);
        assertThat(config.failureCause()).isEqualTo(FailureCause.USER);
        assertThat(config.logTail()).contains("TrainerConfigError");

        StageFailure port = failure("""
                echo 'mlagents_envs.exception.UnityWorkerInUseException: worker number 0 is still in use.'
                exit 1
                """);
        assertThat(port.failureCause()).isEqualTo(FailureCause.INFRASTRUCTURE);
        assertThat(port.retry()).isEqualTo(Retry.BACK_OFF);
    }

    @Test
    void aCrashIsTransientAndLeavesThePlayersLogs() throws Exception {
        StageFailure crash = failure("""
                connect
                echo 'player log' > "$out/run_logs/Player-0.log"
                kill -SEGV $$
                """);

        assertThat(crash.failureCause()).isEqualTo(FailureCause.INFRASTRUCTURE);
        assertThat(crash).hasMessageContaining("exit code 139");
        assertThat(crash.produced())
                .singleElement()
                .satisfies(log -> assertThat(ArtifactFiles.pathOf(log.getUri()))
                        .endsWithRaw(Path.of("player-logs/Player-0.log"))
                        .hasContent("player log"));
    }

    @Test
    void theCommandIsRecordedBeforeItRuns() throws Exception {
        Path commands = attempt(job(), 1).folder().resolve("commands.json");
        String look = "cp '" + commands + "' '" + home.resolve("seen.json") + "'; exit 3";

        failure(look);

        assertThat(home.resolve("seen.json")).content().contains("mlagents-learn", "--run-id");
        Files.delete(home.resolve("seen.json"));

        ownFailure(look);

        assertThat(home.resolve("seen.json")).content().contains("own-trainer.sh");
    }

    @Test
    void aTrainerWithoutPlayerIsStopped() {
        connectTimeout = Duration.ofMillis(200);

        StageFailure hang = failure("sleep 600");

        assertThat(hang.failureCause()).isEqualTo(FailureCause.TIMEOUT);
        assertThat(hang).hasMessageContaining("no player announced a behaviour");
    }

    @Test
    void aTrainerThatFallsSilentIsStoppedAndItsCheckpointKept() throws Exception {
        stallTimeout = Duration.ofMillis(300);

        assertThat(failure("connect; checkpoint 500; sleep 600"))
                .hasMessageContaining("the trainer printed nothing for");
        assertThat(sets(1)).map(CheckpointSet::name).contains("step-500");
    }

    @Test
    void theStagesTimeIsALimit() throws Exception {
        TrainingJob job = job();
        job.setTimeouts(Timeouts.newBuilder().setTrainingSeconds(1).build());
        TrainHandler handler =
                handler(MadeTrainer.of(home, "connect; exec sleep 600").environment());
        BuildCompleted build = Players.idle(job, home);
        Attempt attempt = attempt(job, 1);

        assertThatThrownBy(() -> handler.handle(build, attempt)).isInstanceOfSatisfying(StageFailure.class, failure -> {
            assertThat(failure.failureCause()).isEqualTo(FailureCause.TIMEOUT);
            assertThat(failure.retry()).isEqualTo(Retry.NEVER);
        });
    }

    @Test
    void aTrainerThatIsNotInstalledIsNamedWithTheRemedy() throws Exception {
        TrainingJob job = job();
        BuildCompleted build = Players.idle(job, home);
        Attempt attempt = attempt(job, 1);

        assertThatThrownBy(() -> handler(Optional.empty()).handle(build, attempt))
                .isInstanceOf(StageFailure.class)
                .hasMessageContaining("mlops trainer-env create");
    }

    @Test
    void aPlayerThatIsNotTheOneBuiltIsRefused() throws Exception {
        TrainingJob job = job();
        BuildCompleted build = Players.idle(job, home);
        Files.writeString(ArtifactFiles.pathOf(build.getBuild().getPlayer().getUri()), "x");
        Attempt attempt = attempt(job, 1);
        TrainHandler handler =
                handler(MadeTrainer.of(home, "connect; finish 1003").environment());

        assertThatThrownBy(() -> handler.handle(build, attempt))
                .isInstanceOf(StageFailure.class)
                .hasMessageContaining("is not the file that the event names");
    }

    @Test
    void anInterruptionSavesTheLastCheckpointAndTheNextAttemptResumesFromIt() throws Exception {
        TrainingJob job = job();
        MadeTrainer trainer = MadeTrainer.of(home, """
                if [ -n "$resume" ]; then
                  test "$(cat "$out/Reach/checkpoint.pt")" = 'weights of step 612' || exit 7
                  test -e "$out/run_logs/training_status.json" || exit 8
                  echo "[INFO] Resuming training from step 610."
                  connect
                  finish 1003
                  exit 0
                fi
                save() {
                  echo '[INFO] Learning was interrupted. Please wait while the graph is generated.'
                  finish 612
                  exit 0
                }
                trap save INT
                connect
                checkpoint 500
                while :; do sleep 0.05; done
                """);
        TrainHandler handler = handler(trainer.environment());
        BuildCompleted build = Players.idle(job, home);
        Attempt first = attempt(job, 1);
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                handler.handle(build, first);
                end.complete(null);
            } catch (Throwable e) {
                end.complete(e);
            }
        });
        await().until(() -> sets(1).isPresent());
        thread.interrupt();

        assertThat(end.join()).isInstanceOf(InterruptedException.class);
        assertThat(sets(1)).map(CheckpointSet::name).contains("step-612");

        TrainingCompleted event = handler.handle(build, attempt(job, 2));
        assertThat(trainer.arguments()).contains("--resume");
        assertThat(event.getTraining().getMetrics().getResumedFromStep()).isEqualTo(610);
        assertThat(inputs(event)).containsExactly("resumed-checkpoint: weights of step 612");
    }

    @Test
    void anotherJobsLastCheckpointGivesTheFirstWeights() throws Exception {
        train("connect; finish 1003");
        TrainingJob job = job();
        job.setJobId("job-2");
        job.getRlConfig().setInitializeFromRunId("job-1");
        MadeTrainer trainer = MadeTrainer.of(home, """
                test "$(cat "$results/job-1/Reach/checkpoint.pt")" = 'weights of step 1003' || exit 7
                connect
                finish 1001
                """);

        TrainingCompleted event = handler(trainer.environment()).handle(Players.idle(job, home), attempt(job, 1));

        assertThat(trainer.arguments()).contains("--initialize-from\njob-1\n").doesNotContain("--resume");
        assertThat(inputs(event)).containsExactly("initial-checkpoint: weights of step 1003");
    }

    @Test
    void theDemonstrationsThatTheTrainerReadsAreTold() throws Exception {
        Path recordings = Files.createDirectory(home.resolve("recordings"));
        Files.writeString(recordings.resolve("first.demo"), "first");
        Files.writeString(recordings.resolve("second.demo"), "second");
        Files.writeString(recordings.resolve("notes.txt"), "not read");
        TrainingJob job = job();
        job.getRlConfig().setTrainingMode("offline");
        job.getRlConfig().setDemonstrationPath(recordings.toString());
        TrainHandler handler =
                handler(MadeTrainer.of(home, "connect; finish 1003").environment());

        assertThat(inputs(handler.handle(Players.idle(job, home), attempt(job, 1))))
                .containsExactly("demonstration: first", "demonstration: second");
    }

    /** Role and content of each, as far as the file is still what the event says. */
    private static List<String> inputs(TrainingCompleted event) throws Exception {
        List<String> inputs = new ArrayList<>();
        for (TrainingInput input : event.getTraining().getInputs()) {
            Path file = ArtifactFiles.pathOf(input.getFile().getUri());
            assertThat(ArtifactFiles.describe(file)).isEqualTo(input.getFile());
            inputs.add(input.getRole() + ": " + Files.readString(file).strip());
        }
        return inputs;
    }

    @Test
    void aJobWithoutCheckpointGivesNone() throws Exception {
        TrainingJob job = job();
        job.getRlConfig().setInitializeFromRunId("job-0");
        TrainHandler handler = handler(MadeTrainer.of(home, "finish 1001").environment());
        BuildCompleted build = Players.idle(job, home);
        Attempt attempt = attempt(job, 1);

        assertThatThrownBy(() -> handler.handle(build, attempt))
                .isInstanceOfSatisfying(
                        StageFailure.class,
                        failure -> assertThat(failure.failureCause()).isEqualTo(FailureCause.USER))
                .hasMessageContaining("that job has no complete checkpoint");
    }

    @Test
    void aDryRunRecordsTheCommandAndStartsNothing() throws Exception {
        TrainingJob job = Jobs.job(config -> {
            config.setTrainingMode("offline");
            config.setDemonstrationPath("/only/elsewhere.demo");
            config.setInitializeFromRunId("job-0");
        });
        job.setDryRun(true);
        TestAttempt attempt = attempt(job, 1);

        TrainingCompleted event = handler(Optional.empty()).handle(Players.dry(job), attempt);

        TrainingFacts training = event.getTraining();
        assertThat(event.getDryRun()).isTrue();
        assertThat(training.getModels()).isEmpty();
        assertThat(training.getMetrics()).isNull();
        assertThat(training.getCommands())
                .singleElement()
                .satisfies(argv -> assertThat(argv)
                        .startsWith("mlagents-learn")
                        .containsSequence("--run-id", "job-1")
                        .containsSequence("--initialize-from", "job-0"));
        assertThat(attempt.folder().resolve("mlagents_config.yaml"))
                .content()
                .contains("demo_path: /only/elsewhere.demo");
        assertThat(attempt.folder().resolve("commands.json")).content().contains("\"mlagents-learn\"");
        assertThat(attempt.scratch()).isEmptyDirectory();
    }

    @Test
    void anOwnTrainingCommandKeepsTheOriginalsContract() throws Exception {
        TrainingJob job = own("""
                case $UNITY_BUILD_PATH in /*/Reach.x86_64) test -x "$UNITY_BUILD_PATH" || exit 5;; *) exit 6;; esac
                grep -q trainer_type "$MLAGENTS_CONFIG_PATH" || exit 7
                echo '[INFO] Reach. Step: 500. Time Elapsed: 2.000 s. Mean Reward: 0.500. Std of Reward: 0.250. Training.'
                echo model > "$MLAGENTS_OUTPUT_MODEL"
                """);

        TrainingFacts training = handler(Optional.empty())
                .handle(Players.idle(job, home), attempt(job, 1))
                .getTraining();

        assertThat(training.getModels()).singleElement().satisfies(model -> {
            assertThat(ArtifactFiles.pathOf(model.getFile().getUri())).hasContent("model");
            assertThat(model.getSteps()).isEqualTo(500);
        });
        assertThat(training.getMetrics().getMeanReward()).isEqualTo(0.5);
    }

    @Test
    void anOwnTrainingCommandMustWriteItsModel() throws Exception {
        assertThat(ownFailure("exit 0")).hasMessageContaining("completed without writing MLAGENTS_OUTPUT_MODEL");
        assertThat(ownFailure(": > \"$MLAGENTS_OUTPUT_MODEL\""))
                .hasMessageContaining("completed without writing MLAGENTS_OUTPUT_MODEL");
        assertThat(ownFailure("echo x > \"$MLAGENTS_OUTPUT_MODEL\"; exit 9")).hasMessageContaining("exit code 9");
    }

    @Test
    void whatAnOwnTrainingCommandDoesNotPrintIsNotInvented() throws Exception {
        TrainingJob job = own("echo model > \"$MLAGENTS_OUTPUT_MODEL\"");

        assertThat(handler(Optional.empty())
                        .handle(Players.idle(job, home), attempt(job, 1))
                        .getTraining()
                        .getMetrics())
                .isNull();
    }

    private TrainingJob own(String script) throws Exception {
        Path program = Files.writeString(home.resolve("own-trainer.sh"), "#!/bin/sh\n" + script);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        TrainingJob job = job();
        job.setTrainingCommand(List.of(program.toString()));
        return job;
    }

    private StageFailure ownFailure(String script) throws Exception {
        TrainingJob job = own(script);
        BuildCompleted build = Players.idle(job, home);
        Attempt attempt = attempt(job, 1);
        return catchThrowableOfType(
                StageFailure.class, () -> handler(Optional.empty()).handle(build, attempt));
    }

    private Optional<CheckpointSet> sets(int attempt) throws Exception {
        return CheckpointSets.latestComplete(List.of(attempt(job(), attempt).folder()));
    }
}
