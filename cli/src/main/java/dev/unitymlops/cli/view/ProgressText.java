package dev.unitymlops.cli.view;

import dev.unitymlops.events.JobProgress;
import java.util.ArrayList;
import java.util.List;

/** Progress on one line, with a bar where the end is known. */
final class ProgressText {
    private static final int BAR = 20;

    private ProgressText() {}

    static String of(JobProgress progress) {
        String stage = EventText.stage(progress.getStage());
        if (progress.getStep() == null) {
            String message = progress.getMessage() == null ? "" : ": " + progress.getMessage();
            return stage + progress.getPhase() + message;
        }
        return stage + String.join("  ", figures(progress, progress.getStep()));
    }

    private static List<String> figures(JobProgress progress, long step) {
        var figures = new ArrayList<String>();
        Long most = progress.getMaxStep();
        if (most != null && most > 0) {
            figures.add(bar(Math.min(1.0, step / (double) most)));
            figures.add(Words.count(step) + "/" + Words.count(most));
        } else {
            figures.add(Words.count(step) + " steps");
        }
        if (progress.getMeanReward() != null) {
            figures.add("reward " + Words.reward(progress.getMeanReward()));
        }
        if (progress.getStepsPerSecond() != null) {
            figures.add(Words.count(Math.round(progress.getStepsPerSecond())) + " steps/s");
        }
        if (progress.getEtaSeconds() != null) {
            figures.add("ETA " + Words.clock(progress.getEtaSeconds()));
        }
        return figures;
    }

    private static String bar(double share) {
        int full = (int) Math.round(share * BAR);
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
    }
}
