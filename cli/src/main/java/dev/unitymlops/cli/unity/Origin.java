package dev.unitymlops.cli.unity;

import dev.unitymlops.registry.registration.Lineage;
import dev.unitymlops.registry.registration.RegisteredVersion;
import org.jspecify.annotations.Nullable;

/**
 * The note beside an exported model: where it comes from. The same version has the same note, whenever it is exported.
 *
 * @param contentHash of the job
 */
record Origin(
        String registry,
        String model,
        int version,
        String displayName,
        String resourceName,
        String sha256,
        String jobId,
        int run,
        String contentHash,
        String algorithm,
        int seed,
        @Nullable Long steps,
        @Nullable Double meanReward,
        @Nullable String playerSha256,
        @Nullable String scriptSha256,
        @Nullable String unityVersion,
        @Nullable String gitCommit,
        @Nullable Boolean gitDirty) {
    static Origin of(String registry, RegisteredVersion version) {
        Lineage lineage = version.file().lineage();
        Lineage.Metrics metrics = lineage.training().metrics();
        return new Origin(
                registry,
                version.parent().name(),
                version.version(),
                version.file().displayName(),
                version.resourceName(),
                version.file().sha256(),
                lineage.jobId(),
                lineage.run(),
                lineage.contentHash(),
                lineage.training().algorithm(),
                lineage.training().seed(),
                metrics == null ? null : metrics.steps(),
                version.meanReward(),
                lineage.build().playerSha256(),
                lineage.build().scriptSha256(),
                lineage.build().unityVersion(),
                lineage.build().gitCommit(),
                lineage.build().gitDirty());
    }
}
