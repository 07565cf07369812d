package dev.unitymlops.train.console;

import org.jspecify.annotations.Nullable;

/**
 * A line of {@code mlagents-learn}'s standard output, by what it means. The wording is that of ML-Agents 0.30 to 1.2
 * ({@code stats.py}, {@code subprocess_env_manager.py}, {@code torch_model_saver.py}, {@code trainer_controller.py}).
 */
public sealed interface ConsoleLine {

    /**
     * A summary of training, printed each {@code summary_freq} steps.
     *
     * @param behavior Unity Behavior Name
     * @param step boundary of the summary in trainer steps (a multiple of {@code summary_freq})
     * @param elapsedSeconds since this trainer process began; starts at 0 again on resume
     * @param meanReward mean cumulative reward of the episodes since the last summary; null when none ended or the
     *     trainer printed no finite number
     * @param rewardStd its standard deviation; null with group rewards, which have none
     */
    record Progress(
            String behavior,
            long step,
            double elapsedSeconds,
            @Nullable Double meanReward,
            @Nullable Double rewardStd) implements ConsoleLine {}

    /** A player answered the handshake; printed once per player. */
    record Connected(String packageVersion, String communicationVersion) implements ConsoleLine {}

    /** A player announced a behaviour that is to be trained: from here on steps are counted. */
    record BehaviorFound(String behavior) implements ConsoleLine {}

    /** A checkpoint is complete: {@code <step>.pt} was written before its {@code .onnx}, which this names. */
    record Exported(String path) implements ConsoleLine {}

    /** The final model was put in its place. */
    record Copied(String from, String to) implements ConsoleLine {}

    /** Training stopped before its last step: asked for by a signal, or because every player left. */
    record Interrupted() implements ConsoleLine {}

    /** Training goes on from a checkpoint's step. */
    record Resumed(long step) implements ConsoleLine {}

    /** A player died and is started again. */
    record RestartingWorker(int worker, String reason) implements ConsoleLine {}

    /** A player died once too often; training ends. */
    record RestartsExceeded(int worker) implements ConsoleLine {}

    /** A line that the trainer marks as an error and that no other case covers. */
    record LoggedError(String text) implements ConsoleLine {}

    /** Anything else. */
    record Other(String text) implements ConsoleLine {}
}
