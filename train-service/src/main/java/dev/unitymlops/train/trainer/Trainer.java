package dev.unitymlops.train.trainer;

import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.StageFailure;

/** A program that turns a player and a configuration into models. */
public interface Trainer {

    /** What would be run; nothing is started, claimed or looked at on disk. */
    Invocation plan(Training training);

    /**
     * Trains to the end.
     *
     * @throws StageFailure when the program failed, or ended without what it was asked for
     * @throws InterruptedException when the attempt is to stop; what the trainer saved by then is in the store
     */
    Trained train(Training training, Attempt attempt) throws StageFailure, InterruptedException;
}
