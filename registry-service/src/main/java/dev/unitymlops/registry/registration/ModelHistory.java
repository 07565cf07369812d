package dev.unitymlops.registry.registration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A parent model at a glance.
 *
 * @param aliases version by alias
 * @param versions ascending
 */
public record ModelHistory(ParentModel parent, Map<String, Integer> aliases, List<Line> versions) {

    /**
     * A version in short.
     *
     * @param registeredAt ISO 8601, UTC; null where the registry does not tell
     * @param rejected whether it missed a gate of its job
     * @param meanReward null where the registry's listing does not tell
     */
    public record Line(
            int version,
            String displayName,
            @Nullable String jobId,
            @Nullable String registeredAt,
            boolean rejected,
            @Nullable Double meanReward) {}

    public ModelHistory {
        aliases = Collections.unmodifiableMap(new TreeMap<>(aliases));
        versions = List.copyOf(versions);
    }

    /** The version that has an alias. */
    public Optional<Integer> with(String alias) {
        return Optional.ofNullable(aliases.get(alias));
    }

    /** In alphabetical order. */
    public List<String> aliasesOf(int version) {
        List<String> found = new ArrayList<>();
        aliases.forEach((alias, target) -> {
            if (target == version) {
                found.add(alias);
            }
        });
        return List.copyOf(found);
    }
}
