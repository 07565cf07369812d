package dev.unitymlops.registry.mlflow;

import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ModelRegistryContract;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Also where no genuine server is; it holds the stand-in to the same answers. */
class StandInContractTest extends ModelRegistryContract {

    private StandInMlflow mlflow;
    private MlflowServer server;

    @BeforeEach
    void start() throws IOException {
        mlflow = new StandInMlflow(HttpFaults.none());
        server = TestServers.at(mlflow.address());
    }

    @AfterEach
    void stop() {
        server.close();
        mlflow.close();
    }

    @Override
    protected ModelRegistry registry() throws IOException {
        try {
            return server.registry();
        } catch (StageFailure e) {
            throw new IOException(e);
        }
    }
}
