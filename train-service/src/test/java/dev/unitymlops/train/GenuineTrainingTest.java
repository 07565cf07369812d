package dev.unitymlops.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.ModelFile;
import dev.unitymlops.events.TrainingFacts;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.TrainingMetrics;
import dev.unitymlops.simulated.player.PlayerMain;
import dev.unitymlops.simulated.world.ActionSpace;
import dev.unitymlops.simulated.world.Observation;
import dev.unitymlops.simulated.world.WorldDefinition;
import dev.unitymlops.simulated.world.WorldFile;
import dev.unitymlops.stage.Progress;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.stage.artifacts.CheckpointSets;
import dev.unitymlops.stage.children.Children;
import dev.unitymlops.stage.children.SupervisedChildren;
import dev.unitymlops.train.mlagents.MlAgentsLearn;
import dev.unitymlops.train.mlagents.MlAgentsSettings;
import dev.unitymlops.train.mlagents.PortRanges;
import dev.unitymlops.train.trainer.OwnTrainingCommand;
import dev.unitymlops.trainerenv.TrainerEnv;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The genuine mlagents-learn against the simulated player: short trainings of a small network. */
@Timeout(300)
class GenuineTrainingTest {

    private final Children children = new SupervisedChildren(() -> Duration.ofSeconds(60));

    @TempDir
    private Path home;

    private TrainHandler handler;

    @BeforeEach
    void locateTheTrainer() {
        TrainerEnv trainer = GenuineTrainer.required("GenuineTrainingTest");
        var settings = new MlAgentsSettings(
                List.of(), 31_008, 31_999, Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(2));
        handler = new TrainHandler(
                new MlAgentsLearn(
                        settings,
                        () -> Optional.of(trainer),
                        new PortRanges(home.resolve("ports"), 31_008, 31_999),
                        System::nanoTime),
                new OwnTrainingCommand(),
                InstantSource.system());
    }

    private static TrainingJob job(long maxSteps, int checkpointInterval) {
        return Jobs.job(config -> {
            config.setMaxSteps(maxSteps);
            config.setNumEnvs(1);
            config.setBatchSize(64);
            config.setBufferSize(512);
            config.setHiddenUnits(16);
            config.setNumLayers(1);
            config.setTimeHorizon(32);
            config.setSummaryFreq(500);
            config.setCheckpointInterval(checkpointInterval);
        });
    }

    @Test
    void trainsAndTellsWhatTheTrainerWrote() throws Exception {
        TrainingJob job = job(2_000, 1_000);
        TestAttempt attempt = TestAttempt.of(job, 1, home, children);

        TrainingFacts training = handler.handle(player(job), attempt).getTraining();

        TrainingMetrics metrics = training.getMetrics();
        assertThat(training.getModels())
                .singleElement()
                .extracting(ModelFile::getBehavior)
                .isEqualTo("Reach");
        assertThat(metrics.getSteps()).isGreaterThanOrEqualTo(2_000);
        assertThat(metrics.getResumedFromStep()).isNull();
        assertThat(metrics.getMeanReward())
                .isNotNull()
                .isEqualTo(metrics.getScalars().get("Environment/Cumulative Reward"));
        assertThat(metrics.getFirstMeanReward()).isNotNull();
        assertThat(metrics.getRewardStd()).isPositive();
        assertThat(metrics.getEpisodes()).isBetween(1L, 2_000L);
        assertThat(metrics.getScalars())
                .containsKeys("Policy/Entropy", "Losses/Policy Loss", "Environment/Episode Length");
        assertThat(training.getVersions())
                .containsEntry("mlagents", "1.1.0")
                .containsKeys("torch", "python", "communicator");
        assertThat(names(training))
                .contains("timers.json", "training_status.json", "configuration.yaml", "Player-0.log");
        assertThat(attempt.told())
                .filteredOn(update -> update.step() != null)
                .extracting(Progress.Update::step)
                .contains(500L, 1_000L, 1_500L);
        assertThat(CheckpointSets.latestComplete(List.of(attempt.folder()))).isPresent();
    }

    @Test
    void anInterruptedTrainingIsSavedAndResumed() throws Exception {
        TrainingJob job = job(3_000, 500);
        job.getRlConfig().setMaxSteps(1_000_000L);
        BuildCompleted build = player(job);
        TestAttempt first = TestAttempt.of(job, 1, home, children);
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                handler.handle(build, first);
                end.complete(null);
            } catch (Throwable e) {
                end.complete(e);
            }
        });

        await().atMost(Duration.ofMinutes(2))
                .until(() -> end.isDone()
                        || CheckpointSets.latestComplete(List.of(first.folder()))
                                .isPresent());
        thread.interrupt();

        assertThat(end.join()).isInstanceOf(InterruptedException.class);
        long saved = step(CheckpointSets.latestComplete(List.of(first.folder()))
                .orElseThrow()
                .name());
        assertThat(saved).isPositive();

        job.getRlConfig().setMaxSteps(saved + 2_000);
        TrainingMetrics metrics = handler.handle(build, TestAttempt.of(job, 2, home, children))
                .getTraining()
                .getMetrics();
        assertThat(metrics.getResumedFromStep()).isPositive().isLessThanOrEqualTo(saved);
        assertThat(metrics.getSteps()).isGreaterThanOrEqualTo(saved + 2_000);
        assertThat(metrics.getEpisodes()).isPositive();
    }

    @Test
    void aHyperparameterOfAnotherAlgorithmIsTheUsersFault() throws Exception {
        TrainingJob job = job(1_000, 1_000);
        job.getRlConfig().setAlgorithm("SAC");
        job.getRlConfig().setAdditionalHyperparameters("{\"beta\": 0.1}");

        StageFailure failure = failure(job, Players.idle(job, home));

        assertThat(failure.failureCause()).isEqualTo(FailureCause.USER);
        assertThat(failure).hasMessageContaining("The option beta was specified in your YAML file for SACSettings");
    }

    @Test
    void aBehaviourOfAnotherNameIsTheUsersFault() throws Exception {
        TrainingJob job = job(1_000, 1_000);
        job.getRlConfig().setBehaviorName("Walker");

        StageFailure failure = failure(job, player(job));

        assertThat(failure.failureCause()).isEqualTo(FailureCause.USER);
        assertThat(failure)
                .hasMessageContaining("the player has a behaviour 'Reach' that the trainer configuration lacks");
    }

    @Test
    void aPlayerThatEndsAtOnceIsACrash() throws Exception {
        TrainingJob job = job(1_000, 1_000);

        StageFailure failure = failure(job, Players.idle(job, home));

        assertThat(failure.failureCause()).isEqualTo(FailureCause.INFRASTRUCTURE);
        assertThat(failure).hasMessageContaining("the player crashed");
    }

    private StageFailure failure(TrainingJob job, BuildCompleted build) throws Exception {
        TestAttempt attempt = TestAttempt.of(job, 1, home, children);
        return catchThrowableOfType(StageFailure.class, () -> handler.handle(build, attempt));
    }

    private static long step(String setName) {
        return Long.parseLong(setName.substring("step-".length()));
    }

    private static List<String> names(TrainingFacts training) {
        return training.getFiles().stream()
                .map(file -> ArtifactFiles.pathOf(file.getUri()).getFileName().toString())
                .toList();
    }

    /** As build-service would send it: a start script and the world's definition beside it. */
    private BuildCompleted player(TrainingJob job) throws Exception {
        Path folder = Files.createDirectories(home.resolve("player"));
        WorldFile.write(
                new WorldDefinition(
                        "reach-target",
                        "Reach",
                        0,
                        List.of(new Observation("target_position", Observation.Sensor.VECTOR, 2, List.of())),
                        new ActionSpace(2, List.of()),
                        5,
                        500,
                        WorldDefinition.DEFAULT_AGENTS),
                folder.resolve("world.json"));
        Path player = Files.writeString(folder.resolve(Players.EXECUTABLE), """
                #!/bin/sh
                exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' %s \\
                  --definition "$(dirname "$0")/world.json" "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin/java"),
                        System.getProperty("java.class.path").replace(File.pathSeparator, ":"),
                        PlayerMain.class.getName()));
        assertThat(player.toFile().setExecutable(true)).isTrue();
        return Players.packed(job, folder);
    }
}
