package dev.unitymlops.registry.registration;

import dev.unitymlops.stage.artifacts.ArtifactFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Model versions to register; their files hold no model, which no registry looks into. */
public final class TestVersions {

    public static final ParentModel REACH = new ParentModel("asset-1", "Reach");

    private final Path folder;

    /** @param folder for the model files */
    public TestVersions(Path folder) {
        this.folder = folder;
    }

    public ModelVersion of(String jobId, String content) throws IOException {
        return of(REACH, jobId, content);
    }

    public ModelVersion of(ParentModel parent, String jobId, String content) throws IOException {
        return of(parent, jobId, content, new Verdict("loaded only", Gates.NONE, List.of(), false), 0.9);
    }

    /** One that missed a gate of its job. */
    public ModelVersion rejected(String jobId, String content) throws IOException {
        Gates gates = new Gates(1.5, null, null, List.of());
        String missed = "min_mean_reward demands 1.5, the training reached 0.9";
        return of(REACH, jobId, content, new Verdict("loaded only", gates, List.of(missed), false), 0.9);
    }

    /** One with a verdict; {@code reward} is the mean reward of its training. */
    public ModelVersion of(ParentModel parent, String jobId, String content, Verdict verdict, double reward)
            throws IOException {
        Path file = Files.createTempFile(folder, "model", ".onnx");
        Files.writeString(file, content);
        return new ModelVersion(
                parent, "Reach-" + jobId, file, ArtifactFiles.describe(file), verdict, lineage(jobId, reward));
    }

    private static Lineage lineage(String jobId, double reward) {
        var metrics = new Lineage.Metrics(20_000, reward, -0.5, 0.1, 300L, null, Map.of("Losses/Policy Loss", 0.02));
        return new Lineage(
                jobId,
                1,
                1,
                "c".repeat(64),
                new Lineage.Build(1, 2, "b".repeat(64), null, "template", "Linux64", "6000.0.1f1", null, null),
                new Lineage.Training(
                        1, 1, "PPO", 42, "a".repeat(64), Map.of("torch", "2.1", "mlagents", "1.1"), metrics),
                null);
    }
}
