package dev.unitymlops.registry.mlflow;

import dev.unitymlops.registry.provenance.Attestations;
import dev.unitymlops.registry.registration.Holder;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.OnFatal;
import dev.unitymlops.stage.StageFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The client of MLflow's tracking server, made when the first job needs it and closed with the service. Thread-safe. */
public final class MlflowServer implements Component, AutoCloseable {

    private final MlflowConfig config;
    private final Attestations attestations;
    private final InstantSource clock;
    private @Nullable HttpClient client;
    private @Nullable MlflowCalls calls;

    /** @param attestations that are put beside each model */
    public MlflowServer(MlflowConfig config, InstantSource clock, Attestations attestations) {
        this.attestations = attestations;
        this.config = config;
        this.clock = clock;
    }

    /** Whether models can be registered there at all. */
    public boolean isConfigured() {
        return config.trackingUri() != null;
    }

    /**
     * Its registry, for a caller without an attempt.
     *
     * @throws StageFailure without an address
     */
    public ModelRegistry registry() throws StageFailure {
        return registry(Holder.NO_ATTEMPT);
    }

    /**
     * Its registry.
     *
     * @throws StageFailure without an address
     */
    public synchronized ModelRegistry registry(Holder holder) throws StageFailure {
        URI server = config.trackingUri();
        if (server == null) {
            throw StageFailure.user("mlflow.tracking-uri is not set: set it, or MLFLOW_TRACKING_URI");
        }
        if (calls == null) {
            client = HttpClient.newBuilder()
                    // An upgrade to HTTP/2 on a plain connection is a warning in the server's log each time.
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            calls = new MlflowCalls(config, new MlflowHttp(client, server, config.credentials()));
        }
        return new MlflowRegistry(
                calls,
                new Runs(calls, config.experiment(), clock),
                new RunFolders(calls, config.transferTimeout()),
                holder,
                attestations);
    }

    @Override
    public String name() {
        return "mlflow";
    }

    @Override
    public void start(OnFatal onFatal) {}

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
            client = null;
            calls = null;
        }
    }

    @Override
    public Health check() {
        return Health.up();
    }
}
