package dev.unitymlops.simulated.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedProjectTest {

    @TempDir
    private Path folder;

    @Test
    void hasWhatAUnityProjectHas() throws IOException {
        SimulatedProject.create(folder, "reach-target");
        assertThat(folder.resolve("Assets")).isDirectory();
        assertThat(folder.resolve("ProjectSettings/ProjectVersion.txt"))
                .hasContent("m_EditorVersion: " + SimulatedProject.EDITOR_VERSION);
        assertThat(folder.resolve("Packages/manifest.json")).content().contains("com.unity.ml-agents");
    }

    @Test
    void namesTheKnownWorlds() {
        assertThatThrownBy(() -> SimulatedProject.create(folder, "reach-targt"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no simulated world 'reach-targt'; use one of: reach-target.");
    }

    @Test
    void isAskedForByAPrefix() {
        assertThat(SimulatedProject.worldOf("simulated:reach-target")).contains("reach-target");
        assertThat(SimulatedProject.worldOf("/projects/simulated")).isEmpty();
    }
}
