package dev.unitymlops.cli.models;

import dev.unitymlops.registry.provenance.Attestations;
import dev.unitymlops.registry.registration.Approval;
import dev.unitymlops.registry.registration.Gates;
import dev.unitymlops.registry.registration.Lineage;
import dev.unitymlops.registry.registration.RegisteredVersion;
import dev.unitymlops.registry.registration.VersionFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version as {@code --json} shows it: the way back from the model to its scene.
 *
 * @param uri of the model file
 * @param versionFile URI of {@code version.json}
 * @param provenance URI of the in-toto statement
 * @param needsApproval whether its job demands a person's approval
 * @param gates of its job, judged against what is in production now
 * @param missed gates that it missed when it was registered
 * @param sourceUri the file that the training named, of which it is a copy
 */
record VersionView(
        String registry,
        String model,
        int version,
        String resourceName,
        String displayName,
        List<String> aliases,
        boolean needsApproval,
        @Nullable Approval approval,
        List<Gates.Result> gates,
        List<String> missed,
        String checked,
        String file,
        String sha256,
        long sizeBytes,
        String uri,
        String versionFile,
        String provenance,
        String sourceUri,
        @Nullable String registeredAt,
        Lineage lineage) {
    static VersionView of(String registry, RegisteredVersion version, List<Gates.Result> gates) {
        VersionFile file = version.file();
        return new VersionView(
                registry,
                version.parent().name(),
                version.version(),
                version.resourceName(),
                file.displayName(),
                version.aliases(),
                file.verdict().needsApproval(),
                version.approval(),
                gates,
                file.verdict().missed(),
                file.verdict().checked(),
                file.file(),
                file.sha256(),
                file.sizeBytes(),
                version.uri(),
                beside(version.uri(), VersionFile.NAME),
                beside(version.uri(), file.file().replaceFirst("\\.onnx$", "") + Attestations.STATEMENT),
                file.sourceUri(),
                file.registeredAt(),
                file.lineage());
    }

    private static String beside(String uri, String file) {
        return uri.substring(0, uri.lastIndexOf('/') + 1) + file;
    }
}
