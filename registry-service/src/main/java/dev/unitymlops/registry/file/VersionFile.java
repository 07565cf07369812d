package dev.unitymlops.registry.file;

import dev.unitymlops.registry.registration.Lineage;
import dev.unitymlops.registry.registration.ModelVersion;
import java.time.Instant;

/**
 * {@code version.json}: a version of a model and its lineage.
 *
 * @param name of the parent model
 * @param version from 1
 * @param file name of the model file beside it
 * @param sourceUri the file that the training named, of which it is a copy
 * @param registeredAt ISO 8601, UTC
 * @param checked what was checked before it was registered
 * @param rejected whether it missed a gate of its job
 */
record VersionFile(
        String name,
        int version,
        String displayName,
        String file,
        String sha256,
        long sizeBytes,
        String sourceUri,
        String registeredAt,
        String checked,
        boolean rejected,
        Lineage lineage) {

    static VersionFile of(ModelVersion model, int version, Instant registeredAt) {
        return new VersionFile(
                model.parent().name(),
                version,
                model.displayName(),
                model.parent().behavior() + ".onnx",
                model.sha256(),
                model.source().getSizeBytes(),
                model.source().getUri(),
                registeredAt.toString(),
                model.checked(),
                model.rejected(),
                model.lineage());
    }
}
