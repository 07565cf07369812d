package dev.unitymlops.registry.registration;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * {@code version.json}, which lies beside a registered model: what it is, what was found of it, and its lineage.
 *
 * @param name of the parent model
 * @param version from 1; null where the registry numbers it only after the file is written
 * @param file name of the model file beside it
 * @param sourceUri the file that the training named, of which it is a copy
 * @param registeredAt ISO 8601, UTC; null where the registry tells it itself
 */
public record VersionFile(
        String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer version,
        String displayName,
        String file,
        String sha256,
        long sizeBytes,
        String sourceUri,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String registeredAt,
        Verdict verdict,
        Lineage lineage) {

    /** Name of the file. */
    public static final String NAME = "version.json";

    /** What is written of a model; {@code file} is the name of the model file beside it. */
    public static VersionFile of(
            ModelVersion model, String file, @Nullable Integer version, @Nullable String registeredAt) {
        return new VersionFile(
                model.parent().name(),
                version,
                model.displayName(),
                file,
                model.sha256(),
                model.source().getSizeBytes(),
                model.source().getUri(),
                registeredAt,
                model.verdict(),
                model.lineage());
    }

    /** The same with what the registry itself tells of it. */
    public VersionFile registered(int number, String at) {
        return new VersionFile(name, number, displayName, file, sha256, sizeBytes, sourceUri, at, verdict, lineage);
    }
}
