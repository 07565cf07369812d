package dev.unitymlops.registry.vertex;

import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ModelRegistryContract;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class VertexRegistryContractTest extends ModelRegistryContract {

    private StandInCloud cloud;

    @BeforeEach
    void startStandIns() throws IOException {
        cloud = new StandInCloud(Faults.none());
    }

    @AfterEach
    void stopStandIns() {
        cloud.close();
    }

    @Override
    protected ModelRegistry registry() throws IOException {
        try {
            return cloud.registry();
        } catch (StageFailure e) {
            throw new IOException(e);
        }
    }
}
