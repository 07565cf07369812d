package dev.unitymlops.train.console;

import dev.unitymlops.stage.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Summaries of the console as progress: rate over the last two summaries, and from it the time left. Used on one thread.
 */
public final class TrainingProgress {

    private final String behavior;
    private final long maxStep;
    private final Progress told;
    private ConsoleLine.@Nullable Progress last;
    private long previousStep;
    private double previousElapsed;
    private @Nullable Double rewardStd;

    /**
     * @param behavior the one to tell of, where the player has several
     * @param maxStep trainer steps after which it is done
     */
    public TrainingProgress(String behavior, long maxStep, Progress told) {
        this.behavior = behavior;
        this.maxStep = maxStep;
        this.told = told;
    }

    /** Training goes on from a step: the time before it is not this trainer's. */
    public void startFrom(long step) {
        previousStep = step;
    }

    public void saw(ConsoleLine.Progress summary) {
        if (!summary.behavior().equals(behavior)) {
            return;
        }
        last = summary;
        Double rate = rate(summary);
        previousStep = summary.step();
        previousElapsed = summary.elapsedSeconds();
        rewardStd = summary.meanReward() == null ? rewardStd : summary.rewardStd();
        Long eta = rate == null ? null : Math.round(Math.max(0, maxStep - summary.step()) / rate);
        told.report(new Progress.Update("training", summary.step(), maxStep, summary.meanReward(), rate, eta, null));
    }

    /** Steps per second since the last summary; null when that cannot be said. */
    private @Nullable Double rate(ConsoleLine.Progress summary) {
        double seconds = summary.elapsedSeconds() - previousElapsed;
        long steps = summary.step() - previousStep;
        return seconds > 0 && steps > 0 ? steps / seconds : null;
    }

    /** The last summary of the behaviour; null when there was none. */
    public ConsoleLine.@Nullable Progress last() {
        return last;
    }

    /** Standard deviation at the last summary in which an episode ended; null when the trainer printed none. */
    public @Nullable Double rewardStd() {
        return rewardStd;
    }
}
