package dev.unitymlops.stage.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.unitymlops.events.ArtifactFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactFilesTest {

    /** SHA-256 of "abc", from FIPS 180-2. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    @Test
    void aFileIsDescribedByAbsoluteUriHashAndSize() throws Exception {
        Path file = Files.writeString(folder.resolve("a b.onnx"), "abc");

        ArtifactFile described = ArtifactFiles.describe(folder.resolve("x/../a b.onnx"));

        assertThat(described).isEqualTo(new ArtifactFile(file.toUri().toString(), ABC, 3L));
        assertThat(described.getUri()).startsWith("file:///").endsWith("/a%20b.onnx");
        assertThat(ArtifactFiles.pathOf(described.getUri())).isEqualTo(file);
    }

    @Test
    void fetchingReplacesTheTargetByWhatTheEventNames() throws Exception {
        ArtifactFile file = ArtifactFiles.describe(Files.writeString(folder.resolve("a"), "abc"));
        Path target = Files.writeString(folder.resolve("b"), "older");

        assertThat(ArtifactFiles.fetch(file, target)).isEqualTo(target).hasContent("abc");
    }

    @Test
    void aFileThatIsNotWhatTheEventSaysIsNotFetched() throws Exception {
        ArtifactFile file = ArtifactFiles.describe(Files.writeString(folder.resolve("a"), "abc"));
        Files.writeString(folder.resolve("a"), "abd");

        assertThatIOException()
                .isThrownBy(() -> ArtifactFiles.fetch(file, folder.resolve("b")))
                .withMessageContainingAll(file.getUri(), ABC);
        assertThat(folder).isDirectoryNotContaining(path -> !path.endsWith("a"));
    }
}
