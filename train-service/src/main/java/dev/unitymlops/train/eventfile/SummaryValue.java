package dev.unitymlops.train.eventfile;

/** A value that the trainer wrote at a summary. */
public sealed interface SummaryValue {

    /** TensorBoard tag, for example {@code Environment/Cumulative Reward}. */
    String tag();

    /** Trainer step of the summary. */
    long step();

    /** A single number. */
    record Scalar(String tag, long step, double value) implements SummaryValue {}

    /**
     * A distribution, of which only the number of values is kept.
     *
     * @param count values in it: for cumulative rewards, the episodes that ended since the last summary
     */
    record Histogram(String tag, long step, long count) implements SummaryValue {}
}
