package dev.unitymlops.cli.view;

import dev.unitymlops.cli.terminal.Display;
import dev.unitymlops.events.JobProgress;
import java.util.ArrayList;
import java.util.List;

/** Progress on one line, with a bar where the end is known: as long as the figures leave room for it. */
final class ProgressText {
    private static final int LONGEST_BAR = 20;
    private static final int SHORTEST_BAR = 4;
    private static final String GAP = "  ";

    private ProgressText() {}

    static String of(JobProgress progress) {
        String stage = EventText.stage(progress.getStage());
        if (progress.getStep() == null) {
            String message = progress.getMessage() == null ? "" : ": " + progress.getMessage();
            return stage + progress.getPhase() + message;
        }
        String figures = String.join(GAP, figures(progress, progress.getStep()));
        return stage + bar(progress, Display.WIDTH - stage.length() - figures.length()) + figures;
    }

    private static List<String> figures(JobProgress progress, long step) {
        var figures = new ArrayList<String>();
        Long most = progress.getMaxStep();
        if (most != null && most > 0) {
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

    /** @param room columns that it may take, with its brackets and the gap behind it */
    private static String bar(JobProgress progress, int room) {
        Long step = progress.getStep();
        Long most = progress.getMaxStep();
        int length = Math.min(LONGEST_BAR, room - "[]".length() - GAP.length());
        if (step == null || most == null || most <= 0 || length < SHORTEST_BAR) {
            return "";
        }
        int full = (int) Math.round(Math.min(1.0, step / (double) most) * length);
        return "[" + "#".repeat(full) + "-".repeat(length - full) + "]" + GAP;
    }
}
