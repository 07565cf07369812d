package dev.unitymlops.cli.view;

import dev.unitymlops.cli.terminal.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A job's result as people read it. */
public final class ResultText {
    private ResultText() {}

    public static String of(JobResult result) {
        var lines = new ArrayList<String>();
        String kind = Boolean.TRUE.equals(result.dryRun()) ? " (a dry run)" : "";
        lines.add("Job " + result.jobId() + ", run " + result.run() + ": "
                + result.state().word() + kind);
        if (!result.stages().isEmpty()) {
            lines.add("");
            lines.add(stages(result.stages()));
            lines.add("");
        }
        TrainingView training = result.training();
        if (training != null) {
            lines.add("training   " + training(training));
        }
        result.models().forEach(model -> lines.addAll(model(model)));
        String registration = result.registration();
        if (registration != null && !Boolean.TRUE.equals(result.dryRun()) && isUnusable(result)) {
            lines.add("registry   " + registration);
        }
        if (result.artifacts() != null) {
            lines.add("artifacts  " + result.artifacts());
        }
        if (result.unschedulable() != null) {
            lines.add("waits      " + result.unschedulable().message());
        }
        ErrorView error = result.error();
        if (error != null) {
            String stage = error.stage() == null ? "" : error.stage() + ", ";
            lines.add("error      " + stage + error.cause() + ": " + error.message());
        }
        return String.join("\n", lines);
    }

    /** Whether no model came of it that may be used. */
    private static boolean isUnusable(JobResult result) {
        return result.models().stream().allMatch(ModelView::rejected);
    }

    private static List<String> model(ModelView model) {
        return List.of(
                "model      " + model.name() + " version " + model.version() + " (behaviour " + model.behavior() + ")"
                        + (model.rejected() ? " is REJECTED: it missed a gate of its job" : ""),
                "           " + model.uri(),
                "           sha256 " + model.sha256());
    }

    private static String stages(List<StageView> stages) {
        var table = new Table("STAGE", "RUN", "ATTEMPT", "STATE", "TOOK");
        for (StageView stage : stages) {
            String took = stage.startedAt() == null || stage.completedAt() == null
                    ? ""
                    : Words.took(Duration.between(stage.startedAt(), stage.completedAt()));
            table.row(
                    stage.stage(),
                    String.valueOf(stage.run()),
                    String.valueOf(stage.attempt()),
                    stage.state().word(),
                    took);
        }
        return table.text();
    }

    private static String training(TrainingView training) {
        var parts = new ArrayList<String>();
        parts.add(Words.count(training.steps()) + " steps");
        if (training.episodes() != null) {
            parts.add(Words.count(training.episodes()) + " episodes");
        }
        if (training.meanReward() != null) {
            parts.add("mean reward " + Words.reward(training.meanReward()));
        }
        if (training.resumedFromStep() != null) {
            parts.add("resumed from step " + Words.count(training.resumedFromStep()));
        }
        return String.join(", ", parts) + beside(training);
    }

    private static String beside(TrainingView training) {
        Double random = training.randomMeanReward();
        return random == null ? "" : "\n           a random policy in the same world: " + Words.reward(random);
    }
}
