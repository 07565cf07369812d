package dev.unitymlops.registry;

import dev.unitymlops.events.ModelFile;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.registry.mlflow.MlflowServer;
import dev.unitymlops.registry.onnx.ModelCheck;
import dev.unitymlops.registry.registration.Holder;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.vertex.VertexCloud;
import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageHandler;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a training's models and registers them; in a dry run it says what it would do. Thread-safe. */
public final class RegistryHandler implements StageHandler<TrainingCompleted, ModelRegistered> {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryHandler.class);
    private static final String NO_REGISTRY = "none";

    private final TrainedModels trainedModels;
    private final ModelRegistry files;
    private final VertexCloud google;
    private final MlflowServer mlflow;
    private final InstantSource clock;

    /** @param files the file registry */
    public RegistryHandler(
            ModelCheck check, ModelRegistry files, VertexCloud google, MlflowServer mlflow, InstantSource clock) {
        this.trainedModels = new TrainedModels(check);
        this.files = files;
        this.google = google;
        this.mlflow = mlflow;
        this.clock = clock;
    }

    @Override
    public ModelRegistered handle(TrainingCompleted input, Attempt attempt) throws StageFailure, InterruptedException {
        try {
            ModelRegistered.Builder event = event(input, attempt);
            if (attempt.job().getDryRun()) {
                plan(input, attempt, event);
            } else {
                register(input, attempt, event);
            }
            return event.setCompletedAt(clock.instant()).build();
        } catch (ClosedByInterruptException e) {
            // It leaves the thread's flag set, which the exception replaces.
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException("while reading or writing files").initCause(e);
        } catch (IOException e) {
            throw StageFailure.infrastructure("cannot read the models or write the registry: " + e.getMessage())
                    .because(e);
        }
    }

    private void plan(TrainingCompleted input, Attempt attempt, ModelRegistered.Builder event) throws IOException {
        RegistrationPlan plan = RegistrationPlan.of(input, within());
        plan.write(attempt.folder());
        event.setRegistry(NO_REGISTRY)
                .setVertexModelResource(plan.vertexModelResource())
                .setReason(plan.reason());
    }

    private Destination.Within within() {
        return new Destination.Within(google.isConfigured(), mlflow.isConfigured());
    }

    private void register(TrainingCompleted input, Attempt attempt, ModelRegistered.Builder event)
            throws StageFailure, IOException, InterruptedException {
        switch (Destination.of(attempt.job(), within())) {
            case Destination.FileFolder file -> registerIn(files, input, attempt, event.setReason(file.reason()));
            case Destination.Vertex vertex -> {
                registerIn(
                        google.registry(vertex.project(), vertex.region(), Holder.of(attempt)), input, attempt, event);
                if (!event.getModels().isEmpty()) {
                    event.setVertexModelResource(event.getModels().getFirst().getResourceName());
                }
            }
            case Destination.Mlflow chosen -> registerIn(mlflow.registry(Holder.of(attempt)), input, attempt, event);
            case Destination.Nowhere nowhere -> {
                List<String> missed = new Judge(null).missed(input);
                trainedModels.checked(input, attempt, missed);
                event.setRegistry(NO_REGISTRY).setReason(sentences(nowhere.reason(), missed));
            }
            case Destination.Unavailable unavailable -> throw StageFailure.user(unavailable.message());
        }
    }

    private void registerIn(
            ModelRegistry registry, TrainingCompleted input, Attempt attempt, ModelRegistered.Builder event)
            throws StageFailure, IOException, InterruptedException {
        List<String> missed = new Judge(registry).missed(input);
        List<ModelVersion> versions = trainedModels.checked(input, attempt, missed);
        if (!missed.isEmpty() && !Judge.registersRejected(input)) {
            event.setRegistry(NO_REGISTRY).setReason(sentences("no model is registered", missed));
            return;
        }
        event.setModels(registered(registry, versions, attempt)).setRegistry(registry.word());
        String reason = event.getReason() == null ? "registered in " + registry.word() : event.getReason();
        String rejected = missed.isEmpty() ? "" : "; " + sentences("registered as rejected", missed);
        String unchecked = notCompared(input);
        if (event.getReason() != null || !rejected.isEmpty() || !unchecked.isEmpty()) {
            event.setReason(reason + rejected + unchecked);
        }
    }

    private static String sentences(String what, List<String> missed) {
        return missed.isEmpty() ? what : what + ": " + String.join("; ", missed);
    }

    private static List<RegisteredModel> registered(
            ModelRegistry registry, List<ModelVersion> versions, Attempt attempt)
            throws StageFailure, IOException, InterruptedException {
        attempt.progress().phase("registering");
        List<RegisteredModel> models = new ArrayList<>();
        try {
            for (ModelVersion version : versions) {
                RegisteredModel model = registry.register(version);
                LOG.info(
                        "A model is registered jobId={} stage=registry attempt={} registry={} resource={}",
                        version.jobId(),
                        attempt.number(),
                        registry.word(),
                        model.getResourceName());
                models.add(model);
            }
            return models;
        } finally {
            if (models.size() < versions.size()) {
                models.forEach(model -> LOG.warn(
                        "A version is registered that no event names yet jobId={} stage=registry attempt={} resource={}",
                        attempt.job().getJobId(),
                        attempt.number(),
                        model.getResourceName()));
            }
        }
    }

    /** What was not compared with the job's spaces must not look as if it were. */
    private static String notCompared(TrainingCompleted input) {
        TrainingJob job = input.getJob();
        String behaviors = input.getTraining().getModels().stream()
                .filter(model -> !TrainedModels.isDeclared(job, model))
                .map(ModelFile::getBehavior)
                .collect(Collectors.joining(", "));
        if (behaviors.isEmpty()) {
            return "";
        }
        String why = job.getTrainingCommand() == null
                ? "the job declares none for it"
                : "its training_command is the job's own";
        return "; inputs and outputs of " + behaviors + " were not compared with declared spaces: " + why;
    }

    private static ModelRegistered.Builder event(TrainingCompleted input, Attempt attempt) {
        return ModelRegistered.newBuilder()
                .setJobId(attempt.job().getJobId())
                .setRun(attempt.run())
                .setAttempt(attempt.number())
                .setContentHash(attempt.contentHash())
                .setDryRun(attempt.job().getDryRun())
                .setStartedAt(attempt.startedAt())
                .setArtifacts(attempt.folder().toUri().toString())
                .setJob(attempt.job())
                .setBuild(input.getBuild())
                .setTraining(input.getTraining());
    }
}
