package dev.unitymlops.registry;

import dev.unitymlops.events.ModelFile;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.BehaviorName;
import dev.unitymlops.registry.onnx.ModelCheck;
import dev.unitymlops.registry.registration.Gates;
import dev.unitymlops.registry.registration.Lineage;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.Verdict;
import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Fetches a training's models and checks them, all before any is registered. Thread-safe. */
final class TrainedModels {

    /** What {@code version.json} says of a model that was checked against the job's spaces. */
    static final String CHECKED_WHOLE = "loaded; inputs and outputs as the job declares; one inference";

    /** The same of one whose inputs and outputs nobody declared. */
    static final String CHECKED_LOADED = "loaded only";

    private final ModelCheck check;

    /** A loaded model is in memory whole, and its check has one thread: more checks than cores gain nothing. */
    private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    TrainedModels(ModelCheck check) {
        this.check = check;
    }

    /** A model that was trained for the job's behaviour by ML-Agents must be as declared; others only have to load. */
    static boolean isDeclared(TrainingJob job, ModelFile model) {
        return job.getTrainingCommand() == null && model.getBehavior().equals(BehaviorName.of(job));
    }

    /** The parents of which the training's models are versions. */
    static List<ParentModel> parents(TrainingCompleted trained) {
        return trained.getTraining().getModels().stream()
                .map(model -> parent(trained.getJob(), model))
                .toList();
    }

    private static ParentModel parent(TrainingJob job, ModelFile model) {
        return new ParentModel(job.getAssetSpec().getAssetId(), model.getBehavior());
    }

    /**
     * The models, ready to be registered.
     *
     * @param missed the gates that the training missed
     * @throws StageFailure with everything that is wrong with any of them
     */
    List<ModelVersion> checked(TrainingCompleted trained, Attempt attempt, List<String> missed)
            throws StageFailure, IOException, InterruptedException {
        List<ModelFile> models = trained.getTraining().getModels();
        if (models.isEmpty()) {
            throw StageFailure.user("the training names no model: there is nothing to register");
        }
        attempt.progress().phase("checking");
        List<String> problems = new ArrayList<>();
        List<ModelVersion> versions = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            ModelFile model = models.get(i);
            Path local = attempt.scratch().resolve("model-" + i + ".onnx");
            problems(trained.getJob(), model, local, attempt)
                    .forEach(problem -> problems.add("the model of " + model.getBehavior() + " " + problem));
            versions.add(version(trained, attempt, model, local, missed));
        }
        if (!problems.isEmpty()) {
            throw StageFailure.user(problems.toArray(String[]::new));
        }
        return versions;
    }

    private List<String> problems(TrainingJob job, ModelFile model, Path local, Attempt attempt)
            throws StageFailure, IOException, InterruptedException {
        Optional<String> tooLarge = check.tooLarge(model.getFile().getSizeBytes());
        if (tooLarge.isPresent()) {
            return List.of(tooLarge.get());
        }
        ArtifactFiles.fetch(model.getFile(), local);
        turns.acquire();
        try {
            return check.problems(local, isDeclared(job, model) ? Optional.of(job) : Optional.empty(), attempt);
        } finally {
            turns.release();
        }
    }

    private static ModelVersion version(
            TrainingCompleted trained, Attempt attempt, ModelFile model, Path local, List<String> missed) {
        TrainingJob job = trained.getJob();
        return new ModelVersion(
                parent(job, model),
                DisplayName.of(trained),
                local,
                model.getFile(),
                new Verdict(
                        isDeclared(job, model) ? CHECKED_WHOLE : CHECKED_LOADED,
                        Gates.of(Judge.gatesOf(trained)),
                        missed,
                        Judge.needsApproval(job)),
                Lineage.of(trained, model, attempt.run(), attempt.number()));
    }
}
