package dev.unitymlops.cli.models;

import dev.unitymlops.registry.registration.ModelHistory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version as {@code --json} shows it in a list.
 *
 * @param rejected whether it missed a gate of its job
 * @param registeredAt ISO 8601, UTC; null where the registry does not tell
 * @param meanReward null where nobody told
 */
record VersionRow(
        String registry,
        String model,
        int version,
        List<String> aliases,
        boolean rejected,
        @Nullable Double meanReward,
        @Nullable String jobId,
        @Nullable String registeredAt,
        String displayName) {
    static VersionRow of(String registry, ModelHistory history, ModelHistory.Line line) {
        return new VersionRow(
                registry,
                history.parent().name(),
                line.version(),
                history.aliasesOf(line.version()),
                line.rejected(),
                line.meanReward(),
                line.jobId(),
                line.registeredAt(),
                line.displayName());
    }
}
