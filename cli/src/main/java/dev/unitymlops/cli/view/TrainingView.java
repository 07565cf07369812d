package dev.unitymlops.cli.view;

import org.jspecify.annotations.Nullable;

/**
 * What the trainer said.
 *
 * @param steps trainer steps done
 * @param meanReward mean cumulative reward per episode at the last summary
 * @param episodes how many ended, where the trainer's files tell
 * @param resumedFromStep null when training started at step 0
 * @param randomMeanReward mean reward of a random policy in the same world; null where that cannot be played here
 */
public record TrainingView(
        long steps,
        @Nullable Double meanReward,
        @Nullable Long episodes,
        @Nullable Long resumedFromStep,
        @Nullable Double randomMeanReward) {
    TrainingView besideRandom(double meanReward) {
        return new TrainingView(steps, this.meanReward, episodes, resumedFromStep, meanReward);
    }
}
