package dev.unitymlops.registry;

import dev.unitymlops.registry.mlflow.MlflowConfig;
import dev.unitymlops.registry.onnx.ModelCheck;
import dev.unitymlops.registry.provenance.Attestations;
import dev.unitymlops.registry.vertex.VertexConfig;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.stage.StageConfig;
import dev.unitymlops.stage.artifacts.ArtifactSettings;
import dev.unitymlops.stage.artifacts.ArtifactStore;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of registry-service.
 *
 * @param stage those of every stage
 * @param fileRegistry folder of the file registry, on a disk
 * @param check how models are checked
 * @param vertex the registry in Vertex AI
 * @param mlflow the registry in MLflow
 * @param attestations what is put beside each model
 */
public record RegistryConfig(
        StageConfig stage,
        Path fileRegistry,
        ModelCheck check,
        VertexConfig vertex,
        MlflowConfig mlflow,
        Attestations attestations) {

    private static final String KEY = "registry.root";
    private static final long MEBIBYTE = 1L << 20;
    private static final long GIBIBYTE = 1L << 30;

    /** What Java and ONNX Runtime take before they have read anything, and as much again. */
    private static final long LEAST_MEMORY = 256 * MEBIBYTE;

    /** A protocol buffer, which an ONNX file is, ends there. */
    private static final long LARGEST_MODEL = Integer.MAX_VALUE;

    public static RegistryConfig from(Settings.Reader s) {
        StageConfig stage = StageConfig.from(s);
        return new RegistryConfig(
                stage,
                fileRegistry(s, stage.worker().artifacts()),
                new ModelCheck(
                        s.key("registry.max-model-bytes", "Largest model file that is loaded, in bytes.")
                                .number(512 * MEBIBYTE, 1, LARGEST_MODEL),
                        s.key("registry.check-timeout", "How long a model may take to load and answer once.")
                                .duration(Duration.ofSeconds(60)),
                        s.key(
                                        "registry.check-memory",
                                        "Most memory that a model may take to load and answer once, in bytes; Linux only.")
                                .number(2 * GIBIBYTE, LEAST_MEMORY, Long.MAX_VALUE)),
                VertexConfig.from(s),
                MlflowConfig.from(s),
                Attestations.from(s));
    }

    private static Path fileRegistry(Settings.Reader s, ArtifactSettings artifacts) {
        Path given = s.key(KEY, "Folder of the file registry; empty: registry in artifacts.root.")
                .optionalPath();
        if (given != null) {
            return given;
        }
        if (!artifacts.onDisk()) {
            s.problem(
                    KEY,
                    null,
                    "is missing; artifacts.root is " + artifacts.root()
                            + ", and the file registry needs locks and renames, which a bucket does not have",
                    "set it to a folder on a disk, which all registry services share");
        }
        return artifacts.store().root().resolve(ArtifactStore.REGISTRY_FOLDER);
    }
}
