package dev.unitymlops.registry.registration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version as its registry has it.
 *
 * @param resourceName full name in the registry
 * @param uri where the model file is
 * @param aliases in alphabetical order
 * @param approval null while nobody has approved it
 * @param file what was written beside the model
 */
public record RegisteredVersion(
        ParentModel parent,
        int version,
        String resourceName,
        String uri,
        List<String> aliases,
        @Nullable Approval approval,
        VersionFile file) {

    public RegisteredVersion {
        aliases = List.copyOf(aliases);
    }

    /** Of the training; null when it told none. */
    public @Nullable Double meanReward() {
        Lineage.Metrics metrics = file.lineage().training().metrics();
        return metrics == null ? null : metrics.meanReward();
    }

    /** As what others are compared with while it has the alias production. */
    public Gates.Production asProduction() {
        return new Gates.Production(version, meanReward());
    }
}
