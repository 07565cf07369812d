package dev.unitymlops.build.unity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditorVersionTest {

    @TempDir
    Path root;

    @Test
    void theFolderOfTheEditorTellsItAlsoThroughALinkOnThePath() throws IOException {
        Path editor = program("Hub/Editor/6000.0.23f1/Editor/Unity");
        Path bin = Files.createDirectories(root.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("Unity"), editor);

        assertThat(EditorVersion.of(editor.toString(), "")).isEqualTo("6000.0.23f1");
        assertThat(EditorVersion.of("Unity", root.resolve("none") + ":" + bin)).isEqualTo("6000.0.23f1");
    }

    @Test
    void anEditorElsewhereIsUnknownAndNoneMeansTheStandIn() throws IOException {
        Path editor = program("opt/unity");

        assertThat(EditorVersion.of(editor.toString(), "")).isEqualTo(EditorVersion.UNKNOWN);
        assertThat(List.of(
                        EditorVersion.of("unity", root.toString()),
                        EditorVersion.of(root.resolve("none/Unity").toString(), "")))
                .containsOnly(EditorVersion.SIMULATED);
    }

    private Path program(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        assertThat(Files.createFile(file).toFile().setExecutable(true)).isTrue();
        return file;
    }
}
