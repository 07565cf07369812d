package dev.unitymlops.train.mlagents;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.Stage;
import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.stage.artifacts.ArtifactStore;
import dev.unitymlops.stage.artifacts.CheckpointSet;
import dev.unitymlops.stage.artifacts.CheckpointSets;
import dev.unitymlops.stage.artifacts.JobFolder;
import dev.unitymlops.stage.artifacts.JobRefused;
import dev.unitymlops.train.trainer.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a training begins: brings a checkpoint set from the store into the trainer's results folder. A set holds, below
 * the run's folder, {@code <Behavior>/<Behavior>-<step>.pt} and {@code .onnx}, the event files and, when the trainer ended
 * by itself, {@code run_logs/training_status.json}.
 */
final class Checkpoints {

    private static final Pattern STEP_FILE = Pattern.compile("(?<behavior>.+)-(?<step>\\d{1,18})\\.pt");

    private Checkpoints() {}

    /**
     * Restores the last complete set of an earlier attempt, else of the job that the training starts from.
     *
     * @throws StageFailure when that job has none, or the store cannot be read
     */
    static Start restore(Training training, Attempt attempt) throws StageFailure {
        Path results = LearnCommand.results(training);
        try {
            Optional<CheckpointSet> own = CheckpointSets.latestComplete(attempt.earlier());
            if (own.isPresent()) {
                restore(own.get(), results.resolve(training.job().getJobId()));
                return new Start.Resume(weights(own.get()));
            }
            String other = training.job().getRlConfig().getInitializeFromRunId();
            if (other == null) {
                return new Start.Fresh();
            }
            CheckpointSet set = lastOf(other, attempt).orElseThrow(() -> noCheckpoint(other));
            initialize(training, other, set);
            return new Start.From(other, weights(set));
        } catch (IOException e) {
            throw StageFailure.infrastructure("cannot read a checkpoint from the artifact store: " + e.getMessage())
                    .because(e);
        }
    }

    /** Where a training would begin, as far as the job says. */
    static Start planned(Training training) {
        String other = training.job().getRlConfig().getInitializeFromRunId();
        return other == null ? new Start.Fresh() : new Start.From(other, List.of());
    }

    private static StageFailure noCheckpoint(String job) {
        return StageFailure.user("rl_config.initialize_from_run_id is '" + job
                + "'; that job has no complete checkpoint in the artifact store");
    }

    private static void initialize(Training training, String other, CheckpointSet set)
            throws StageFailure, IOException {
        Path run = LearnCommand.results(training).resolve(other);
        Set<Path> restored = restore(set, run);
        for (String behavior : training.config().maxSteps().keySet()) {
            if (!restored.contains(run.resolve(behavior))) {
                throw StageFailure.user("rl_config.initialize_from_run_id is '" + other
                        + "'; that job has no checkpoint of the behaviour '" + behavior + "'");
            }
        }
    }

    /** The attempt's folder is {@code <root>/<job>/run-<n>/train/attempt-<m>}. */
    private static Optional<CheckpointSet> lastOf(String jobId, Attempt attempt) throws StageFailure, IOException {
        Path root = attempt.folder().resolve("../../../..").normalize();
        try {
            JobFolder job = new ArtifactStore(root, List.of()).job(jobId, ArtifactStore.DEFAULT_OUTPUT_DIR);
            List<Path> attempts = new ArrayList<>();
            for (int run = job.latestRun(); run > 0; run--) {
                attempts.addAll(job.attempts(run, Stage.TRAIN));
            }
            return CheckpointSets.latestComplete(attempts);
        } catch (JobRefused e) {
            throw StageFailure.user("rl_config.initialize_from_run_id: " + e.getMessage());
        }
    }

    /** A set's files of weights, in the store. */
    private static List<ArtifactFile> weights(CheckpointSet set) throws IOException {
        List<ArtifactFile> weights = new ArrayList<>();
        for (String file : set.files()) {
            Path path = set.folder().resolve(file);
            if (STEP_FILE.matcher(path.getFileName().toString()).matches()) {
                weights.add(ArtifactFiles.describe(path));
            }
        }
        return weights;
    }

    /** Copies a set into a run's folder and returns the behaviours' folders that have a {@code checkpoint.pt} now. */
    private static Set<Path> restore(CheckpointSet set, Path run) throws IOException {
        set.restore(run);
        Set<Path> behaviors = new java.util.HashSet<>();
        List<Path> files;
        try (Stream<Path> tree = Files.walk(run, 2)) {
            files = tree.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Matcher name = STEP_FILE.matcher(file.getFileName().toString());
            if (name.matches()) {
                Files.copy(file, file.resolveSibling("checkpoint.pt"), StandardCopyOption.REPLACE_EXISTING);
                behaviors.add(file.getParent());
            }
        }
        return behaviors;
    }
}
