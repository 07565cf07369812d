package dev.unitymlops.registry.vertex;

import dev.unitymlops.cloudstorage.Endpoint;
import dev.unitymlops.registry.registration.Tries;
import dev.unitymlops.runtime.Settings;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the registry in Vertex AI.
 *
 * @param stagingBucket where model files go; null: there is no registration in Vertex AI
 * @param vertex where Vertex AI is called; null: {@code <region>-aiplatform.googleapis.com}
 * @param storage where Cloud Storage is called; null: its own address
 * @param callTimeout of one call
 * @param operationTimeout how long Vertex AI may take to make or delete a version
 * @param tries of a call
 */
public record VertexConfig(
        @Nullable BucketFolder stagingBucket,
        @Nullable Endpoint vertex,
        @Nullable Endpoint storage,
        Serving serving,
        Duration callTimeout,
        Duration operationTimeout,
        Tries tries) {

    private static final int HIGHEST_PORT = 65_535;

    public static VertexConfig from(Settings.Reader s) {
        return new VertexConfig(
                parsed(
                        s,
                        "vertex.staging-bucket",
                        "Bucket and folder of model files, gs://bucket/folder; empty: nothing is registered in Vertex AI.",
                        BucketFolder::parse,
                        "write gs://bucket or gs://bucket/folder"),
                parsed(
                        s,
                        "vertex.endpoint",
                        "Vertex AI's address; http:// sends no credentials.",
                        Endpoint::parse,
                        URL),
                parsed(
                        s,
                        "gcs.endpoint",
                        "Cloud Storage's address; http:// sends no credentials.",
                        Endpoint::parse,
                        URL),
                serving(s),
                s.key("vertex.call-timeout", "How long one call to Vertex AI or Cloud Storage may take.")
                        .duration(Duration.ofSeconds(60)),
                s.key("vertex.operation-timeout", "How long Vertex AI may take to make or delete a version.")
                        .duration(Duration.ofMinutes(30)),
                Tries.DEFAULT);
    }

    private static Serving serving(Settings.Reader s) {
        Serving serving = new Serving(
                s.key(
                                "vertex.serving",
                                "Files for the container: file, or triton (a model repository of NVIDIA Triton too).")
                        .choice(Serving.Layout.class, Serving.Layout.FILE),
                s.key("vertex.serving-image", "Container image that serves ONNX models; empty: none.")
                        .env("VERTEX_SERVING_CONTAINER_IMAGE_URI")
                        .optionalText(),
                s.key("vertex.predict-route", "Its HTTP path of predictions.")
                        .env("VERTEX_SERVING_CONTAINER_PREDICT_ROUTE")
                        .text(""),
                s.key("vertex.health-route", "Its HTTP path of health checks.")
                        .env("VERTEX_SERVING_CONTAINER_HEALTH_ROUTE")
                        .text(""),
                s.key("vertex.serving-port", "Port it listens on; 0: Vertex AI's default.")
                        .count(0, 0, HIGHEST_PORT));
        if (serving.layout() == Serving.Layout.TRITON && serving.image() == null) {
            s.problem(
                    "vertex.serving-image",
                    null,
                    "is not set, although vertex.serving is triton",
                    "name an image of NVIDIA Triton Inference Server in your own Artifact Registry");
        }
        return serving;
    }

    private static final String URL = "write https://host:port, or http://host:port for a stand-in";

    private static <T> @Nullable T parsed(
            Settings.Reader s, String key, String says, Function<String, T> parse, String remedy) {
        String text = s.key(key, says).optionalText();
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            s.problem(key, text.contains("@") ? null : text, "cannot be read", remedy);
            return null;
        }
    }
}
