package dev.unitymlops.train.mlagents;

/** Where a training begins. */
sealed interface Start {

    /** With random weights at step 0. */
    record Fresh() implements Start {}

    /** With the weights of another job, at step 0. */
    record From(String runId) implements Start {}

    /** Where an earlier attempt's checkpoint set left off. */
    record Resume() implements Start {}
}
