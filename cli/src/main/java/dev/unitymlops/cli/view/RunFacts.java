package dev.unitymlops.cli.view;

import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.TrainingCompleted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the stages have told of one run. */
final class RunFacts {
    private final int number;
    private final Map<Stage, StageFacts> stages = new TreeMap<>();
    private @Nullable BuildCompleted built;
    private @Nullable TrainingCompleted trained;
    private @Nullable ModelRegistered registered;
    private @Nullable JobFailed failed;
    private @Nullable JobProgress progress;
    private @Nullable JobProgress stepped;
    private boolean cancelAsked;

    RunFacts(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    Map<Stage, StageFacts> stages() {
        return stages;
    }

    @Nullable
    JobFailed failed() {
        return failed;
    }

    @Nullable
    JobProgress progress() {
        return progress;
    }

    void askToCancel() {
        cancelAsked = true;
    }

    boolean known() {
        return !stages.isEmpty();
    }

    void add(JobEvent event) {
        switch (event.value()) {
            case BuildCompleted completed -> {
                built = completed;
                done(Stage.BUILD, completed.getAttempt(), completed.getStartedAt(), completed.getCompletedAt());
            }
            case TrainingCompleted completed -> {
                trained = completed;
                done(Stage.TRAIN, completed.getAttempt(), completed.getStartedAt(), completed.getCompletedAt());
            }
            case ModelRegistered completed -> {
                registered = completed;
                done(Stage.REGISTRY, completed.getAttempt(), completed.getStartedAt(), completed.getCompletedAt());
            }
            case JobFailed failure -> {
                failed = failure;
                merge(new StageFacts(
                        failure.getStage(),
                        number,
                        failure.getAttempt(),
                        endOf(failure),
                        failure.getStartedAt(),
                        failure.getFailedAt(),
                        failure.getFailedAt()));
            }
            case JobProgress told -> progressed(told);
            default -> throw new IllegalStateException("not of a stage: " + event.topic());
        }
    }

    private void done(Stage stage, int attempt, Instant startedAt, Instant completedAt) {
        merge(new StageFacts(stage, number, attempt, JobState.SUCCEEDED, startedAt, completedAt, completedAt));
    }

    private void merge(StageFacts facts) {
        stages.merge(facts.stage(), facts, StageFacts::and);
    }

    private void progressed(JobProgress told) {
        JobState state = switch (told.getPhase()) {
            case "duplicate" -> null;
            case "accepted" -> JobState.QUEUED;
            case "retrying" -> JobState.WAITING;
            case "cancelling" -> JobState.CANCELLING;
            default -> JobState.RUNNING;
        };
        if (state == null) {
            return;
        }
        Instant since = told.getAttempt() == 0 ? null : told.getAt();
        merge(new StageFacts(told.getStage(), number, told.getAttempt(), state, since, null, told.getAt()));
        progress = later(progress, told);
        if (told.getStep() != null) {
            stepped = later(stepped, told);
        }
    }

    private static JobProgress later(@Nullable JobProgress known, JobProgress told) {
        return known == null || !told.getAt().isBefore(known.getAt()) ? told : known;
    }

    private static JobState endOf(JobFailed failure) {
        return failure.getCause() == FailureCause.CANCELLED ? JobState.CANCELLED : JobState.FAILED;
    }

    JobState state() {
        if (registered != null) {
            return JobState.SUCCEEDED;
        }
        if (failed != null) {
            return endOf(failed);
        }
        if (cancelAsked) {
            return JobState.CANCELLING;
        }
        return stages.values().stream()
                .reduce((earlier, later) -> later)
                .map(last -> last.state() == JobState.SUCCEEDED ? JobState.RUNNING : last.state())
                .orElse(JobState.QUEUED);
    }

    Optional<Boolean> dryRun() {
        if (failed != null) {
            return Optional.of(failed.getDryRun());
        }
        return built == null
                ? Optional.ofNullable(trained).map(TrainingCompleted::getDryRun)
                : Optional.of(built.getDryRun());
    }

    Optional<String> artifacts() {
        return Optional.ofNullable(registered)
                .map(ModelRegistered::getArtifacts)
                .or(() -> Optional.ofNullable(failed).map(JobFailed::getArtifacts))
                .or(() -> Optional.ofNullable(trained).map(TrainingCompleted::getArtifacts))
                .or(() -> Optional.ofNullable(built).map(BuildCompleted::getArtifacts));
    }

    @Nullable
    TrainingView training() {
        if (trained != null) {
            var metrics = trained.getTraining().getMetrics();
            return metrics == null
                    ? null
                    : new TrainingView(
                            metrics.getSteps(),
                            metrics.getMeanReward(),
                            metrics.getEpisodes(),
                            metrics.getResumedFromStep(),
                            null);
        }
        Long step = stepped == null ? null : stepped.getStep();
        return stepped == null || step == null
                ? null
                : new TrainingView(step, stepped.getMeanReward(), null, null, null);
    }

    Optional<ArtifactFile> player() {
        return Optional.ofNullable(trained).map(done -> done.getBuild().getPlayer());
    }

    List<ModelView> models() {
        return registered == null
                ? List.of()
                : registered.getModels().stream()
                        .map(model -> new ModelView(
                                model.getBehavior(),
                                model.getName(),
                                model.getVersion(),
                                model.getUri(),
                                model.getSha256(),
                                model.getAliases()))
                        .toList();
    }

    /** What the registry stage says of where the models went, or why they did not. */
    @Nullable
    String registration() {
        return registered == null ? null : registered.getReason();
    }
}
