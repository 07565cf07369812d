package dev.unitymlops.train.trainer;

import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;

/** A program that turns a player and a configuration into models. */
public interface Trainer {

    /** What would be run; nothing is started, claimed or looked at on disk. */
    Invocation plan(Training training);

    /**
     * Trains to the end; what is run stands in the attempt's {@link CommandsFile} before it starts.
     *
     * @throws StageFailure when the program failed, or ended without what it was asked for
     * @throws IOException when files of the attempt cannot be read or written
     * @throws InterruptedException when the attempt is to stop; what the trainer saved by then is in the store
     */
    Trained train(Training training, Attempt attempt) throws StageFailure, InterruptedException, IOException;
}
