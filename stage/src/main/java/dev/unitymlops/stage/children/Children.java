package dev.unitymlops.stage.children;

import dev.unitymlops.stage.StageFailure;

/** Starts outside programs that end with the attempt, the service and the service's process. */
public interface Children {

    /**
     * Runs the program to its end and returns how it ended; a non-zero exit is no exception.
     *
     * <p>Interrupting the thread stops the program (SIGINT, grace, then the whole tree is killed) before this throws.
     *
     * @throws StageFailure when the program cannot be started, naming what is missing
     * @throws InterruptedException when the attempt is to stop; the program has ended by then
     */
    ChildExit run(ChildCommand command) throws StageFailure, InterruptedException;
}
