package dev.unitymlops.cli.models;

import dev.unitymlops.registry.file.FileRegistry;
import dev.unitymlops.registry.registration.Gates;
import dev.unitymlops.registry.registration.Lineage;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.Verdict;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.stage.artifacts.ArtifactStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file registry with models of jobs that nobody has run. Their files are real. */
record MadeModels(Path artifacts) {
    static final Path FILES = Path.of("../registry-service/src/test/resources/models");
    static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    FileRegistry registry() {
        return new FileRegistry(artifacts.resolve(ArtifactStore.REGISTRY_FOLDER), NOON);
    }

    /** Registers a version that nothing is demanded of; returns its number. */
    int add(String model, String jobId, double reward) throws Exception {
        return add(model, jobId, reward, new Verdict("loaded only", Gates.NONE, List.of(), false));
    }

    /** Registers one that missed the gate of a mean reward of 100. */
    int addRejected(String model, String jobId, double reward) throws Exception {
        String missed = "min_mean_reward demands 100.0, the training reached " + reward;
        return add(
                model,
                jobId,
                reward,
                new Verdict("loaded only", new Gates(100.0, null, null, List.of()), List.of(missed), false));
    }

    int add(String model, String jobId, double reward, Verdict verdict) throws Exception {
        Files.createDirectories(artifacts);
        Path file = Files.createTempFile(artifacts, "trained", ".onnx");
        Files.write(file, Files.readAllBytes(FILES.resolve("continuous.onnx")), StandardOpenOption.TRUNCATE_EXISTING);
        // A field of the protocol buffer that nobody knows (number 1000): another file, the same model.
        Files.write(file, field(jobId), StandardOpenOption.APPEND);
        ParentModel parent = ParentModel.named(model);
        var version = new ModelVersion(
                parent,
                parent.behavior() + "-" + jobId,
                file,
                ArtifactFiles.describe(file),
                verdict,
                lineage(jobId, reward, null));
        return registry().register(version).getVersion();
    }

    private static byte[] field(String text) {
        byte[] content = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] field = new byte[content.length + 3];
        field[0] = (byte) 0xC2;
        field[1] = 0x3E;
        field[2] = (byte) content.length;
        System.arraycopy(content, 0, field, 3, content.length);
        return field;
    }

    private static Lineage lineage(String jobId, double reward, @Nullable Long resumed) {
        var metrics = new Lineage.Metrics(20_000, reward, -0.5, 0.1, 300L, resumed, Map.of("Losses/Policy Loss", 0.02));
        var project =
                new Lineage.Project("projects/arena", List.of("Assets/Arena.unity"), null, false, "e".repeat(40), true);
        return new Lineage(
                jobId,
                1,
                1,
                "c".repeat(64),
                null,
                new Lineage.Build(
                        1,
                        2,
                        project,
                        source("player.tar.gz", "b"),
                        "Reach.x86_64",
                        source("Reach.cs", "d"),
                        "template",
                        "Linux64",
                        "6000.0.30f1"),
                new Lineage.Training(
                        1,
                        1,
                        "PPO",
                        42,
                        "2026-11-21T10:00:00Z",
                        "2026-11-21T11:00:00Z",
                        source("mlagents_config.yaml", "a"),
                        List.of(new Lineage.Input("demonstration", source("first.demo", "f"))),
                        source("Reach-20000.pt", "0"),
                        List.of(),
                        Map.of("torch", "2.1", "mlagents", "1.1"),
                        metrics),
                new Lineage.Origin("artifact-7", null, null, "agent", null, null, null));
    }

    private static Lineage.Source source(String name, String digit) {
        return new Lineage.Source("file:///made/" + name, digit.repeat(64), 100);
    }
}
