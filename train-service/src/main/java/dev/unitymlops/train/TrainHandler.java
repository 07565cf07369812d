package dev.unitymlops.train;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.BuildFacts;
import dev.unitymlops.events.ModelFile;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.events.TrainingFacts;
import dev.unitymlops.events.TrainingInput;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.BehaviorName;
import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageHandler;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.stage.artifacts.KeepFiles;
import dev.unitymlops.train.trainer.CommandsFile;
import dev.unitymlops.train.trainer.Invocation;
import dev.unitymlops.train.trainer.Trained;
import dev.unitymlops.train.trainer.Trainer;
import dev.unitymlops.train.trainer.Training;
import dev.unitymlops.train.trainerconfig.DemonstrationFiles;
import dev.unitymlops.train.trainerconfig.TrainerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Trains a job's behaviour against its player. Thread-safe: attempts run side by side. */
public final class TrainHandler implements StageHandler<BuildCompleted, TrainingCompleted> {

    private final Trainer mlAgents;
    private final Trainer ownCommand;
    private final InstantSource clock;

    /**
     * @param mlAgents trains the jobs that have no training command of their own
     * @param ownCommand trains the others
     */
    public TrainHandler(Trainer mlAgents, Trainer ownCommand, InstantSource clock) {
        this.mlAgents = mlAgents;
        this.ownCommand = ownCommand;
        this.clock = clock;
    }

    @Override
    public TrainingCompleted handle(BuildCompleted input, Attempt attempt) throws StageFailure, InterruptedException {
        TrainingJob job = attempt.job();
        String behavior = BehaviorName.of(job);
        Training training = new Training(
                job,
                behavior,
                TrainerConfig.of(job, behavior),
                PlayerFiles.executable(input.getBuild(), job, attempt.scratch()),
                attempt.scratch(),
                attempt.slot());
        Trainer trainer = job.getTrainingCommand() == null ? mlAgents : ownCommand;
        try {
            ArtifactFile config = writeConfig(training, attempt);
            TrainingFacts facts = job.getDryRun()
                    ? plan(trainer, training, attempt, config)
                    : train(trainer, training, attempt, input.getBuild(), config);
            return event(input, attempt, facts);
        } catch (IOException e) {
            throw StageFailure.infrastructure("cannot read or write files of the attempt: " + e.getMessage())
                    .because(e);
        }
    }

    private static ArtifactFile writeConfig(Training training, Attempt attempt) throws IOException {
        Path kept = attempt.folder().resolve(Training.CONFIG_FILE);
        Files.writeString(kept, training.config().yaml());
        if (!training.job().getDryRun()) {
            Files.writeString(training.configFile(), training.config().yaml());
        }
        return ArtifactFiles.describe(kept);
    }

    private static TrainingFacts plan(Trainer trainer, Training training, Attempt attempt, ArtifactFile config)
            throws IOException {
        Invocation invocation = trainer.plan(training);
        CommandsFile.write(attempt.folder(), invocation);
        return facts(training, attempt, config)
                .setCommands(List.of(invocation.argv()))
                .build();
    }

    private static TrainingFacts train(
            Trainer trainer, Training training, Attempt attempt, BuildFacts build, ArtifactFile config)
            throws StageFailure, InterruptedException, IOException {
        attempt.progress().phase("fetching the player");
        PlayerFiles.fetch(build, attempt.scratch());
        List<TrainingInput> inputs = demonstrations(training);
        Trained trained = trainer.train(training, attempt);
        inputs.addAll(trained.inputs());
        attempt.progress().phase("collecting");
        return facts(training, attempt, config)
                .setModels(models(trained, attempt))
                .setFiles(kept(trained.files(), attempt))
                .setMetrics(trained.metrics())
                .setVersions(trained.versions())
                .setInputs(inputs)
                .setCommands(List.of(trained.invocation().argv()))
                .build();
    }

    /** As they are before the trainer reads them. */
    private static List<TrainingInput> demonstrations(Training training) throws IOException {
        List<TrainingInput> inputs = new ArrayList<>();
        for (Path file : DemonstrationFiles.of(training.config(), training.directory())) {
            inputs.add(new TrainingInput("demonstration", ArtifactFiles.describe(file)));
        }
        return inputs;
    }

    private static List<ModelFile> models(Trained trained, Attempt attempt) throws IOException, InterruptedException {
        List<Trained.File> files = trained.models().stream()
                .map(model -> new Trained.File("models/" + model.behavior() + ".onnx", model.file()))
                .toList();
        List<ArtifactFile> kept = kept(files, attempt);
        List<ModelFile> models = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            Trained.Model model = trained.models().get(i);
            models.add(new ModelFile(model.behavior(), kept.get(i), model.steps(), model.checkpoint()));
        }
        return models;
    }

    private static List<ArtifactFile> kept(List<Trained.File> files, Attempt attempt)
            throws IOException, InterruptedException {
        return KeepFiles.all(
                files.stream().map(file -> file.in(attempt.folder())).toList());
    }

    private static TrainingFacts.Builder facts(Training training, Attempt attempt, ArtifactFile config) {
        return TrainingFacts.newBuilder()
                .setRun(attempt.run())
                .setAttempt(attempt.number())
                .setArtifacts(attempt.folder().toUri().toString())
                .setTrainerConfig(config)
                .setModels(List.of())
                .setFiles(List.of())
                .setInputs(List.of())
                .setVersions(Map.of())
                .setSeed(training.job().getRlConfig().getSeed());
    }

    private TrainingCompleted event(BuildCompleted input, Attempt attempt, TrainingFacts facts) {
        return TrainingCompleted.newBuilder()
                .setJobId(attempt.job().getJobId())
                .setRun(attempt.run())
                .setAttempt(attempt.number())
                .setContentHash(attempt.contentHash())
                .setDryRun(attempt.job().getDryRun())
                .setStartedAt(attempt.startedAt())
                .setCompletedAt(clock.instant())
                .setArtifacts(attempt.folder().toUri().toString())
                .setJob(attempt.job())
                .setBuild(input.getBuild())
                .setTraining(facts)
                .build();
    }
}
