package dev.unitymlops.registry.registration;

import dev.unitymlops.events.ArtifactFile;
import java.nio.file.Path;

/**
 * A trained model that is to be registered.
 *
 * @param displayName for people
 * @param file the model on the local disk, checked against {@code source}
 * @param source the same file as the training named it
 * @param verdict one that missed a gate has the alias {@value Aliases#REJECTED} instead of {@value Aliases#LATEST}
 */
public record ModelVersion(
        ParentModel parent, String displayName, Path file, ArtifactFile source, Verdict verdict, Lineage lineage) {

    /** With {@link #sha256()} the identity of the version. */
    public String jobId() {
        return lineage.jobId();
    }

    public String sha256() {
        return source.getSha256();
    }

    /** The identity as one word of hexadecimal digits, for registries that have to look for it. */
    public String key() {
        return Legal.cut(Legal.sha256(jobId() + "\n" + sha256()), Legal.LONGEST);
    }

    /** Whether it missed a gate of its job. */
    public boolean rejected() {
        return verdict.rejected();
    }
}
