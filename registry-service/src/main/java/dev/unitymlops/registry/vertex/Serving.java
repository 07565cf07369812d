package dev.unitymlops.registry.vertex;

import com.google.cloud.aiplatform.v1.ModelContainerSpec;
import com.google.cloud.aiplatform.v1.Port;
import dev.unitymlops.stage.StageFailure;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The container that serves predictions of the registered models. Google has none that serves ONNX.
 *
 * @param layout of the files
 * @param image URI of the container image; null: the models are registered without one and cannot be deployed as they are
 * @param predictRoute HTTP path of predictions; empty: Vertex AI's own default
 * @param healthRoute HTTP path of health checks; empty: Vertex AI's own default
 * @param port that the container listens on; 0: Vertex AI's own default
 */
record Serving(Layout layout, @Nullable String image, String predictRoute, String healthRoute, int port) {

    /** How the container wants the files. */
    enum Layout {
        /** As they are: the image finds the model by itself. */
        FILE,
        /** A model repository of NVIDIA Triton lies among them. */
        TRITON
    }

    /** Google's prebuilt images for frameworks that read files of their own only. */
    private static final Pattern CANNOT_SERVE_ONNX =
            Pattern.compile(".*/prediction/(sklearn|pytorch|xgboost|tf2?)-.*|.*\\b(sklearn|pytorch)-(cpu|gpu)\\b.*");

    /** What would refuse a model, told before anything is uploaded. */
    void requireServesOnnx() throws StageFailure {
        if (image != null
                && CANNOT_SERVE_ONNX.matcher(image.toLowerCase(Locale.ROOT)).matches()) {
            throw StageFailure.user(
                    "vertex.serving-image " + image + " cannot serve an ONNX model: leave it out, or name"
                            + " an image that can, such as NVIDIA Triton's with vertex.serving=triton");
        }
    }

    /** As the service wants it; null without an image. */
    @Nullable
    ModelContainerSpec spec() {
        if (image == null) {
            return null;
        }
        ModelContainerSpec.Builder spec = ModelContainerSpec.newBuilder()
                .setImageUri(image)
                .setPredictRoute(predictRoute)
                .setHealthRoute(healthRoute);
        if (port > 0) {
            spec.addPorts(Port.newBuilder().setContainerPort(port));
        }
        return spec.build();
    }
}
