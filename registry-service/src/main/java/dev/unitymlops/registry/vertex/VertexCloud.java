package dev.unitymlops.registry.vertex;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.aiplatform.v1.ModelServiceClient;
import com.google.cloud.aiplatform.v1.ModelServiceSettings;
import com.google.cloud.storage.Storage;
import dev.unitymlops.cloudstorage.Endpoint;
import dev.unitymlops.cloudstorage.StorageClient;
import dev.unitymlops.registry.provenance.Attestations;
import dev.unitymlops.registry.registration.Holder;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.OnFatal;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The clients of Google Cloud, made when the first job needs them and closed with the service. Credentials are Google's
 * Application Default Credentials; none are read for an {@code http://} endpoint. Thread-safe.
 */
public final class VertexCloud implements Component {

    private final VertexConfig config;
    private final Attestations attestations;
    private final Map<String, ModelServiceClient> models = new HashMap<>();
    private @Nullable Storage storage;
    private @Nullable StagingBucket staging;

    /** @param attestations that are put beside each model */
    public VertexCloud(VertexConfig config, Attestations attestations) {
        this.config = config;
        this.attestations = attestations;
    }

    /** Whether models can be registered there at all. */
    public boolean isConfigured() {
        return config.stagingBucket() != null;
    }

    /**
     * The registry of a project and region, for a caller without an attempt.
     *
     * @throws StageFailure without a bucket, or without credentials
     */
    public ModelRegistry registry(String project, String region) throws StageFailure {
        return registry(project, region, Holder.NO_ATTEMPT);
    }

    /**
     * The registry of a project and region.
     *
     * @param holder for whom models are registered in it
     * @throws StageFailure without a bucket, or without credentials
     */
    public synchronized ModelRegistry registry(String project, String region, Holder holder) throws StageFailure {
        BucketFolder bucket = config.stagingBucket();
        if (bucket == null) {
            throw StageFailure.user("vertex.staging-bucket is not set: registry-service cannot register in Vertex AI");
        }
        try {
            ModelServiceClient client = models.get(region);
            if (client == null) {
                client = ModelServiceClient.create(settings(region));
                models.put(region, client);
            }
            VertexCalls calls = new VertexCalls(project, config.tries(), config.callTimeout());
            VertexOperations operations =
                    new VertexOperations(client.getOperationsClient(), calls, config.operationTimeout(), holder::tell);
            String location = "projects/" + project + "/locations/" + region;
            return new VertexRegistry(
                    new VertexProject(location, client, calls, operations),
                    staging(),
                    bucket,
                    config.serving(),
                    holder,
                    attestations);
        } catch (IOException | RuntimeException e) {
            throw StageFailure.infrastructure(
                            "there are no clients of Google Cloud: set GOOGLE_APPLICATION_CREDENTIALS,"
                                    + " give the machine a service account, or run gcloud auth application-default login: "
                                    + e.getMessage())
                    .because(e);
        }
    }

    private ModelServiceSettings settings(String region) throws IOException {
        ModelServiceSettings.Builder settings = ModelServiceSettings.newBuilder();
        Endpoint endpoint = config.vertex();
        if (endpoint == null) {
            settings.setEndpoint(region + "-aiplatform.googleapis.com:443");
        } else if (endpoint.plaintext()) {
            settings.setCredentialsProvider(NoCredentialsProvider.create())
                    .setTransportChannelProvider(ModelServiceSettings.defaultGrpcTransportProviderBuilder()
                            .setEndpoint(endpoint.authority())
                            .setChannelConfigurator(channel -> channel.usePlaintext())
                            .build());
        } else {
            settings.setEndpoint(endpoint.authority());
        }
        return settings.build();
    }

    private StagingBucket staging() {
        if (staging == null) {
            storage = StorageClient.open(config.storage(), VertexCalls.settings(config.tries(), config.callTimeout()));
            staging = new StagingBucket(storage);
        }
        return staging;
    }

    @Override
    public String name() {
        return "google-cloud";
    }

    @Override
    public void start(OnFatal onFatal) {}

    @Override
    public synchronized void close() {
        models.values().forEach(ModelServiceClient::close);
        models.clear();
        if (storage != null) {
            try {
                storage.close();
            } catch (Exception e) {
                throw new IllegalStateException("the client of Cloud Storage cannot be closed", e);
            }
        }
    }

    @Override
    public Health check() {
        return Health.up();
    }
}
