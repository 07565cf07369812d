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
                sha256(lineage.build().player()),
                sha256(lineage.build().script()),
                lineage.build().unityVersion(),
                lineage.build().project().gitCommit(),
                lineage.build().project().gitDirty());
    }

    private static @Nullable String sha256(Lineage.@Nullable Source file) {
        return file == null ? null : file.sha256();
    }
}
