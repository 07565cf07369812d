package dev.unitymlops.registry.mlflow;

import dev.unitymlops.events.FailureCause;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import java.time.Duration;

/** Finds the folders of runs that the tracking server gives and takes files of. */
final class RunFolders {

    private static final String SCHEME = "mlflow-artifacts:/";

    private final MlflowCalls calls;
    private final Duration timeout;

    /** @param timeout of one file, there or back */
    RunFolders(MlflowCalls calls, Duration timeout) {
        this.calls = calls;
        this.timeout = timeout;
    }

    /**
     * The folder.
     *
     * @param uri as the run or the version tells it
     * @throws StageFailure when it is in a store that is not the tracking server's to give
     */
    RunFolder at(String uri) throws StageFailure {
        boolean served = uri.startsWith(SCHEME) && !uri.startsWith(SCHEME + "/");
        if (!served) {
            throw StageFailure.of(
                    FailureCause.INFRASTRUCTURE,
                    Retry.NEVER,
                    "MLflow keeps files in " + uri
                            + ", where it lets nobody come through its server: start the server with"
                            + " --serve-artifacts, and name in mlflow.experiment one that is made after that");
        }
        return new RunFolder(calls, timeout, uri.substring(SCHEME.length()));
    }
}
