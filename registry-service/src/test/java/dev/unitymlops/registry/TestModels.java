package dev.unitymlops.registry;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The .onnx files that {@code make_models.py} made with ML-Agents' exporter. */
public final class TestModels {

    private TestModels() {}

    public static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(TestModels.class.getResource("/models/" + name + ".onnx"), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }
}
