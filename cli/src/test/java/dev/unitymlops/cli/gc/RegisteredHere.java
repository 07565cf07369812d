package dev.unitymlops.cli.gc;

import dev.unitymlops.registry.file.FileRegistry;
import dev.unitymlops.registry.registration.Gates;
import dev.unitymlops.registry.registration.Lineage;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.Verdict;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A file registry. */
record RegisteredHere(Path root) {

    /** Adds a version of a model. */
    void add(Path model, String jobId, String player) throws Exception {
        var config = new Lineage.Source("file:///made/mlagents_config.yaml", "a".repeat(64), 1);
        var lineage = new Lineage(
                jobId,
                1,
                1,
                "c".repeat(64),
                null,
                new Lineage.Build(
                        1,
                        1,
                        new Lineage.Project("projects/arena", List.of(), null, false, null, null),
                        new Lineage.Source(player, "b".repeat(64), 1000),
                        "Reach.x86_64",
                        null,
                        "template",
                        "Linux64",
                        null),
                new Lineage.Training(
                        1,
                        1,
                        "PPO",
                        42,
                        "2026-11-21T10:00:00Z",
                        "2026-11-21T11:00:00Z",
                        config,
                        List.of(),
                        null,
                        List.of(),
                        Map.of(),
                        null),
                null);
        var unused = new FileRegistry(root, Clock.systemUTC())
                .register(new ModelVersion(
                        new ParentModel("reacher", "Reacher"),
                        "reacher",
                        model,
                        ArtifactFiles.describe(model),
                        new Verdict("loaded only", Gates.NONE, List.of(), false),
                        lineage));
    }
}
