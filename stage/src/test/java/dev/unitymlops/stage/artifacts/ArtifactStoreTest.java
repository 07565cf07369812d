package dev.unitymlops.stage.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unitymlops.events.Problem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactStoreTest {

    @TempDir
    Path folder;

    @Test
    void theDefaultOutputDirIsTheServicesRootWhereverThatIs() throws Exception {
        assertThat(store().job("j1", "artifacts").path()).isEqualTo(folder.resolve("root/j1"));
    }

    @Test
    void theRootAndAllowedRootsMayBeNamedAsPathOrUri() throws Exception {
        assertThat(store().job("j1", folder.resolve("root").toString()).path()).isEqualTo(folder.resolve("root/j1"));
        assertThat(store().job("j1", folder + "/other/../other").path()).isEqualTo(folder.resolve("other/j1"));
        assertThat(store().job("j1", folder.resolve("other").toUri().toString()).path())
                .isEqualTo(folder.resolve("other/j1"));
    }

    @Test
    void anyOtherOutputDirIsRefusedWithTheOnesThatAreAllowed() {
        for (String elsewhere : List.of(folder + "/root/below", folder.toString(), "s3://bucket/x", "gs:// no", "\0")) {
            assertThatExceptionOfType(JobRefused.class)
                    .as(elsewhere)
                    .isThrownBy(() -> store().job("j1", elsewhere))
                    .withMessageContainingAll("output_dir", folder + "/root", folder + "/other");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../a", "/a", "a\\b", "a\0b", ".hidden", "registry", "é"})
    void anIdThatCannotNameAFolderIsRefused(String jobId) {
        assertThat(store().problems(jobId, "artifacts"))
                .singleElement()
                .extracting(Problem::getField)
                .isEqualTo("job_id");
    }

    @Test
    void allProblemsComeAtOnce() {
        assertThatExceptionOfType(JobRefused.class)
                .isThrownBy(() -> store().job("..", "/"))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(Problem::getField)
                        .containsExactly("job_id", "output_dir"));
    }

    @Test
    void aRootThatNoFileSystemServesIsAnErrorOfTheSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArtifactStore.at("s3://bucket/artifacts", List.of()))
                .withMessageContaining("s3://bucket/artifacts");
    }

    private ArtifactStore store() {
        return ArtifactStore.at(
                folder.resolve("root").toString(),
                List.of(folder.resolve("other").toUri().toString()));
    }
}
