package dev.unitymlops.registry.vertex;

import dev.unitymlops.registry.registration.Legal;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A model repository of NVIDIA Triton Inference Server with one model: {@code <name>/config.pbtxt} and {@code
 * <name>/1/model.onnx}. On Vertex AI Triton takes the version's folder for its repository ({@code AIP_STORAGE_URI}) and
 * its only model for the default one, and passes over files that lie beside folders.
 */
final class TritonRepository {

    private TritonRepository() {}

    static void put(StagingBucket bucket, BucketFolder folder, ModelVersion version)
            throws StageFailure, IOException, InterruptedException {
        String name = Legal.fileName(version.parent().behavior());
        BucketFolder model = folder.resolve(name);
        String unused = bucket.put(version.file(), model.resolve("1"), "model.onnx");
        bucket.keep(configuration(name).getBytes(StandardCharsets.UTF_8), model, "config.pbtxt");
    }

    /**
     * Triton completes inputs and outputs from the model (by default from 22.07 on). It must not batch: outputs of
     * ML-Agents such as {@code version_number} have no batch dimension. The caller's own first dimension is the batch.
     */
    private static String configuration(String name) {
        return """
                name: "%s"
                backend: "onnxruntime"
                max_batch_size: 0
                """.formatted(name);
    }
}
