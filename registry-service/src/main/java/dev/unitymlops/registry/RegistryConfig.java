package dev.unitymlops.registry;

import dev.unitymlops.registry.mlflow.MlflowConfig;
import dev.unitymlops.registry.onnx.ModelCheck;
import dev.unitymlops.registry.vertex.VertexConfig;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.stage.StageConfig;
import java.time.Duration;

/**
 * Settings of registry-service.
 *
 * @param stage those of every stage
 * @param check how models are checked
 * @param vertex the registry in Vertex AI
 * @param mlflow the registry in MLflow
 */
public record RegistryConfig(StageConfig stage, ModelCheck check, VertexConfig vertex, MlflowConfig mlflow) {

    private static final long MEBIBYTE = 1L << 20;

    /** A protocol buffer, which an ONNX file is, ends there. */
    private static final long LARGEST_MODEL = Integer.MAX_VALUE;

    public static RegistryConfig from(Settings.Reader s) {
        return new RegistryConfig(
                StageConfig.from(s),
                new ModelCheck(
                        s.key("registry.max-model-bytes", "Largest model file that is loaded, in bytes.")
                                .number(512 * MEBIBYTE, 1, LARGEST_MODEL),
                        s.key("registry.check-timeout", "How long a model may take to load and answer once.")
                                .duration(Duration.ofSeconds(60))),
                VertexConfig.from(s),
                MlflowConfig.from(s));
    }
}
