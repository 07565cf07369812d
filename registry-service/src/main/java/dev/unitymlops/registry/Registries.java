package dev.unitymlops.registry;

import dev.unitymlops.registry.file.FileRegistry;
import dev.unitymlops.registry.mlflow.MlflowServer;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.vertex.VertexCloud;
import dev.unitymlops.runtime.Component;
import dev.unitymlops.stage.StageFailure;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The model registries that there are, of one configuration. Thread-safe. */
public final class Registries implements AutoCloseable {

    /** What {@link #named} takes. */
    public static final List<String> WORDS = List.of("file", "vertex", "mlflow");

    private final RegistryConfig config;
    private final InstantSource clock;
    private final MlflowServer mlflow;
    private @Nullable VertexCloud google;

    public Registries(RegistryConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.mlflow = new MlflowServer(config.mlflow(), clock, config.attestations());
    }

    /**
     * The registry of that word, with the classes of no other.
     *
     * @param word of {@link #WORDS}
     * @param project of Google Cloud; only Vertex AI needs one
     * @throws StageFailure when it is not configured, with the setting that is missing
     */
    public ModelRegistry named(String word, @Nullable String project, String region) throws StageFailure {
        return switch (word) {
            case "file" -> files();
            case "vertex" -> {
                if (project == null) {
                    throw StageFailure.user("Vertex AI needs a Google Cloud project: give --project or VERTEX_PROJECT");
                }
                yield google().registry(project, region);
            }
            case "mlflow" -> mlflow.registry();
            default -> throw StageFailure.user("'" + word + "' is no registry: choose one of " + WORDS);
        };
    }

    /** The file registry, beside the artifacts of the jobs unless {@code registry.root} says otherwise. */
    ModelRegistry files() {
        return new FileRegistry(config.fileRegistry(), clock, config.attestations());
    }

    /** Made when it is first asked for: its libraries take their time to load. */
    synchronized VertexCloud google() {
        if (google == null) {
            google = new VertexCloud(config.vertex(), config.attestations());
        }
        return google;
    }

    MlflowServer mlflow() {
        return mlflow;
    }

    /** What a service closes. */
    List<Component> components() {
        return List.of(google(), mlflow);
    }

    @Override
    public synchronized void close() {
        mlflow.close();
        if (google != null) {
            google.close();
        }
    }
}
