package dev.unitymlops.cli.view;

import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.ModelPromoted;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.TrainingCompleted;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/** An event on one line, for people. */
public final class EventText {
    private EventText() {}

    public static String of(JobEvent event) {
        return switch (event.value()) {
            case JobRequested requested -> "job       requested, run " + requested.getRun();
            case JobProgress progress -> ProgressText.of(progress);
            case BuildCompleted built ->
                done(Stage.BUILD, built.getAttempt(), built.getStartedAt(), built.getCompletedAt());
            case TrainingCompleted trained ->
                done(Stage.TRAIN, trained.getAttempt(), trained.getStartedAt(), trained.getCompletedAt());
            case ModelRegistered registered ->
                done(Stage.REGISTRY, registered.getAttempt(), registered.getStartedAt(), registered.getCompletedAt());
            case JobFailed failed -> stage(failed.getStage()) + ended(failed);
            case JobRejected rejected -> stage(rejected.getStage()) + "rejected: " + reasons(rejected);
            case JobControl control -> "job       " + asked(control);
            case ModelPromoted promoted -> "model     " + moved(promoted);
            default -> event.type();
        };
    }

    /** The stage's word, wide enough that what follows stands in one column. */
    static String stage(Stage stage) {
        return String.format(Locale.ROOT, "%-10s", StageFacts.word(stage));
    }

    private static String done(Stage stage, int attempt, Instant startedAt, Instant completedAt) {
        String times = attempt > 1 ? " in attempt " + attempt : "";
        return stage(stage) + "succeeded" + times + " after " + Words.took(Duration.between(startedAt, completedAt));
    }

    private static String ended(JobFailed failed) {
        String attempt = failed.getAttempt() == 0 ? "" : " in attempt " + failed.getAttempt();
        String messages = String.join("; ", failed.getMessages());
        return failed.getCause() == FailureCause.CANCELLED
                ? "cancelled" + attempt + ": " + messages
                : "failed" + attempt + " (" + failed.getCause() + "): " + messages;
    }

    private static String asked(JobControl control) {
        return switch (control.getAction()) {
            case CANCEL -> "asked to cancel run " + control.getRun();
            case RETRY -> "asked to retry run " + control.getRun() + (control.getResume() ? ", resuming" : "");
            case UNKNOWN -> "asked for something that this version does not know";
        };
    }

    private static String moved(ModelPromoted promoted) {
        Integer from = promoted.getFromVersion();
        return promoted.getName() + ": " + promoted.getAlias() + " is version " + promoted.getVersion()
                + (from == null ? "" : ", was " + from)
                + (promoted.getAction().equals("rollback") ? ", a rollback" : "")
                + (promoted.getForced() ? ", forced" : "")
                + " (" + promoted.getPromotedBy()
                + (promoted.getReason().isEmpty() ? "" : ": " + promoted.getReason()) + ")";
    }

    /** Every reason of a rejection. */
    public static String reasons(JobRejected rejected) {
        return rejected.getProblems().stream()
                .map(problem -> problem.getField() + " " + problem.getMessage() + " (" + problem.getRemedy() + ")")
                .collect(Collectors.joining("; "));
    }
}
