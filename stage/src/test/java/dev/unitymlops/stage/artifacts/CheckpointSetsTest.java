package dev.unitymlops.stage.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSetsTest {

    @TempDir
    Path folder;

    private Path run;
    private Path attempt1;
    private Path attempt2;

    @BeforeEach
    void train() throws Exception {
        run = Files.createDirectories(folder.resolve("results/job"));
        attempt1 = Files.createDirectories(folder.resolve("store/attempt-1"));
        attempt2 = Files.createDirectories(folder.resolve("store/attempt-2"));
    }

    @Test
    void theNewestCompleteSetIsRestoredUnderTheSamePaths() throws Exception {
        publish(attempt1, 1);
        publish(attempt1, 2);
        CheckpointSet latest =
                CheckpointSets.latestComplete(List.of(attempt2, attempt1)).orElseThrow();

        latest.restore(folder.resolve("resumed"));

        assertThat(latest.name()).isEqualTo("step-2");
        assertThat(latest.files()).containsExactly("Reacher/checkpoint.pt", "run_logs/training_status.json");
        assertThat(folder.resolve("resumed/Reacher/checkpoint.pt")).hasContent("weights 2");
        assertThat(folder.resolve("resumed/run_logs/training_status.json")).hasContent("status 2");
    }

    @Test
    void theLastTwoSetsAreKept() throws Exception {
        for (int step = 1; step <= 12; step++) {
            publish(attempt1, step);
        }

        assertThat(names(attempt1)).containsExactly("000011-step-11", "000012-step-12");
    }

    @Test
    void aSetOfALaterAttemptComesFirst() throws Exception {
        publish(attempt1, 9);
        publish(attempt2, 1);

        assertThat(CheckpointSets.latestComplete(List.of(attempt2, attempt1))
                        .orElseThrow()
                        .name())
                .isEqualTo("step-1");
    }

    @Test
    void incompleteAndDamagedSetsArePassedOver() throws Exception {
        CheckpointSet good = publish(attempt1, 1);
        CheckpointSet damaged = publish(attempt1, 2);
        Files.writeString(damaged.folder().resolve("Reacher/checkpoint.pt"), "weights X");
        CheckpointSet withoutManifest = publish(attempt2, 3);
        Files.delete(withoutManifest.folder().resolve("manifest.json"));
        CheckpointSet halfManifest = publish(attempt2, 4);
        Files.writeString(halfManifest.folder().resolve("manifest.json"), "{\"name\":");

        assertThat(CheckpointSets.latestComplete(List.of(attempt2, attempt1))).contains(good);
    }

    @Test
    void aManifestThatNamesFilesElsewhereIsPassedOver() throws Exception {
        CheckpointSet set = publish(attempt1, 1);
        Path manifest = set.folder().resolve("manifest.json");
        Path outside = Files.writeString(set.folder().resolve("../outside"), "weights 1");
        Files.writeString(
                manifest, Files.readString(manifest).replace("Reacher/checkpoint.pt", "../" + outside.getFileName()));

        assertThat(CheckpointSets.latestComplete(List.of(attempt1))).isEmpty();
    }

    @Test
    void anInterruptedPublicationIsClearedByTheNextOne() throws Exception {
        publish(attempt1, 1);
        Files.createDirectories(attempt1.resolve("checkpoints/000002-step-2/Reacher"));

        publish(attempt1, 3);

        assertThat(names(attempt1)).containsExactly("000001-step-1", "000003-step-3");
    }

    @Test
    void withoutASetThereIsNothingToResumeFrom() throws Exception {
        assertThat(CheckpointSets.latestComplete(List.of())).isEmpty();
        assertThat(CheckpointSets.latestComplete(List.of(attempt1, folder.resolve("gone"))))
                .isEmpty();
    }

    @Test
    void filesAndNamesThatLeadElsewhereAreRefused() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside"), "x");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckpointSets.publish(run, List.of(outside), attempt1, "step-1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckpointSets.publish(run, List.of(), attempt1, "../step-1"));
    }

    private CheckpointSet publish(Path attempt, int step) throws IOException {
        Path weights = write("Reacher/checkpoint.pt", "weights " + step);
        Path status = write("run_logs/training_status.json", "status " + step);
        return CheckpointSets.publish(run, List.of(weights, status), attempt, "step-" + step);
    }

    private Path write(String path, String content) throws IOException {
        Path file = run.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static List<String> names(Path attempt) throws IOException {
        try (Stream<Path> sets = Files.list(attempt.resolve("checkpoints"))) {
            return sets.map(set -> set.getFileName().toString()).sorted().toList();
        }
    }
}
