package dev.unitymlops.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.artifacts.ArtifactStore;
import dev.unitymlops.stage.intake.Admission.Refusal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFolderTest {

    private static final TrainingJob JOB = Jobs.with("{}");

    @TempDir
    Path root;

    private ArtifactStore store;
    private OwnFolder admission;

    @BeforeEach
    void makeStore() {
        store = new ArtifactStore(root, List.of());
        admission = new OwnFolder(store);
    }

    @Test
    void aNewJobIsTaken() throws Exception {
        assertThat(admission.check(JOB, "a".repeat(64))).isEmpty();
    }

    @Test
    void theSameJobAgainIsTaken() throws Exception {
        store.job(JOB).claim(JOB, "a".repeat(64));

        assertThat(admission.check(JOB, "a".repeat(64))).isEmpty();
    }

    @Test
    void otherContentUnderTheSameIdIsRefusedWithBothHashes() throws Exception {
        store.job(JOB).claim(JOB, "a".repeat(64));

        Refusal refusal = admission.check(JOB, "b".repeat(64)).orElseThrow();

        assertThat(refusal.reason()).isEqualTo("duplicate");
        assertThat(refusal.existingContentHash()).isEqualTo("a".repeat(64));
        Problem problem = refusal.problems().getFirst();
        assertThat(problem.getField()).isEqualTo("job_id");
        assertThat(problem.getMessage()).contains("a".repeat(64), "b".repeat(64));
    }

    @Test
    void anOutputDirThatIsNotAllowedIsRefused() throws Exception {
        TrainingJob elsewhere = Jobs.with("{\"output_dir\": \"/etc\"}");

        assertThat(admission.check(elsewhere, "a".repeat(64)).orElseThrow().problems())
                .extracting(Problem::getField)
                .containsExactly("output_dir");
    }
}
