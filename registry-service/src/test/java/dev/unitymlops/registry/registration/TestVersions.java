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

    /** The same version as the next attempt of its registration makes it. */
    public static ModelVersion laterAttempt(ModelVersion version) {
        Lineage it = version.lineage();
        Lineage later = new Lineage(
                it.jobId(),
                it.run(),
                it.attempt() + 1,
                it.contentHash(),
                it.scheduleId(),
                it.build(),
                it.training(),
                it.origin());
        return new ModelVersion(
                version.parent(), version.displayName(), version.file(), version.source(), version.verdict(), later);
    }

    private static Lineage lineage(String jobId, double reward) {
        var metrics = new Lineage.Metrics(20_000, reward, -0.5, 0.1, 300L, null, Map.of("Losses/Policy Loss", 0.02));
        var project =
                new Lineage.Project("projects/arena", List.of("Assets/Arena.unity"), "Arena/Agent", false, null, null);
        return new Lineage(
                jobId,
                1,
                1,
                "c".repeat(64),
                "nightly",
                new Lineage.Build(
                        1,
                        2,
                        project,
                        source(jobId, "build/attempt-2/player.tar.gz", "b"),
                        "Reach.x86_64",
                        null,
                        "template",
                        "Linux64",
                        "6000.0.1f1"),
                new Lineage.Training(
                        1,
                        3,
                        "PPO",
                        42,
                        "2026-01-01T00:00:00Z",
                        "2026-01-01T01:00:00Z",
                        source(jobId, "train/attempt-3/mlagents_config.yaml", "a"),
                        List.of(
                                new Lineage.Input(
                                        "demonstration",
                                        new Lineage.Source("file:///recordings/first.demo", "d".repeat(64), 10)),
                                new Lineage.Input(
                                        "resumed-checkpoint",
                                        source(
                                                jobId,
                                                "train/attempt-2/checkpoints/000001-step-9/Reach/Reach-9.pt",
                                                "e"))),
                        source(jobId, "train/attempt-3/checkpoints/000002-step-20000/Reach/Reach-20000.pt", "f"),
                        List.of(source(jobId, "train/attempt-3/timers.json", "0")),
                        Map.of("torch", "2.1", "mlagents", "1.1", "communicator", "1.5.0"),
                        metrics),
                null);
    }

    private static Lineage.Source source(String jobId, String path, String digit) {
        return new Lineage.Source("file:///artifacts/" + jobId + "/run-1/" + path, digit.repeat(64), 100);
    }
}
