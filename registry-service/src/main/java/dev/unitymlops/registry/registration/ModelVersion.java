package dev.unitymlops.registry.registration;

import dev.unitymlops.events.ArtifactFile;
import java.nio.file.Path;

/**
 * A trained model that is to be registered.
 *
 * @param displayName for people
 * @param file the model on the local disk, checked against {@code source}
 * @param source the same file as the training named it
 * @param checked what was checked before, in words
 * @param rejected whether it missed a gate of its job: it has the alias {@value #REJECTED} instead of {@value #LATEST}
 */
public record ModelVersion(
        ParentModel parent,
        String displayName,
        Path file,
        ArtifactFile source,
        String checked,
        boolean rejected,
        Lineage lineage) {

    /** Alias of the last version that missed no gate. */
    public static final String LATEST = "latest";

    /** Alias of the last version that missed one. */
    public static final String REJECTED = "rejected";

    /** With {@link #sha256()} the identity of the version. */
    public String jobId() {
        return lineage.jobId();
    }

    public String sha256() {
        return source.getSha256();
    }
}
