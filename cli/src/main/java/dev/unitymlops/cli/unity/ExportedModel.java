package dev.unitymlops.cli.unity;

import java.util.List;

/**
 * A model that lies in a project now, as {@code --json} shows it.
 *
 * @param asset its path in the project
 * @param guid by which scenes and prefabs refer to it
 * @param changed whether the asset was another one before, or none
 * @param files all that belong to it, by their paths in the project
 */
public record ExportedModel(
        String registry,
        String model,
        int version,
        String sha256,
        String asset,
        String guid,
        boolean changed,
        List<String> files,
        BehaviorParameters behaviorParameters) {}
