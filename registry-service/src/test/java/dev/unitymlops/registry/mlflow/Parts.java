package dev.unitymlops.registry.mlflow;

import dev.unitymlops.registry.provenance.Attestations;
import dev.unitymlops.registry.registration.Holder;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.TestVersions;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Objects;

/** The registry's parts on one server, for tests that do what another worker does. */
final class Parts implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final MlflowCalls calls;
    private final Runs runs;
    private final RunFolders folders;

    private Parts(MlflowConfig config) {
        URI address = Objects.requireNonNull(config.trackingUri());
        MlflowHttp http = new MlflowHttp(client, address, config.credentials());
        calls = new MlflowCalls(config, http);
        runs = new Runs(calls, config.experiment(), TestServers.CLOCK);
        folders = new RunFolders(calls, config.transferTimeout());
    }

    static Parts of(StandInMlflow mlflow) {
        return new Parts(TestServers.config(mlflow.address(), "unity-mlops", Credentials.NONE));
    }

    ModelRegistry registry() {
        return registry(Holder.NO_ATTEMPT);
    }

    ModelRegistry registry(Holder holder) {
        return new MlflowRegistry(calls, runs, folders, holder, Attestations.unsigned());
    }

    MlflowModel model() {
        return new MlflowModel(calls, TestVersions.REACH);
    }

    Runs runs() {
        return runs;
    }

    /** Another version of the same registration, as of a second worker that came in between. */
    void twin(ModelVersion version) throws Exception {
        int unused = model().create(version, runs.begun(version));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
