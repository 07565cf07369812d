package dev.unitymlops.simulated.editor;

import dev.unitymlops.simulated.world.KnownWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The Unity project that {@code unity_project_path: simulated:<world>} stands for. */
public final class SimulatedProject {

    /** What a job's {@code unity_project_path} begins with to ask for one. */
    public static final String PREFIX = "simulated:";

    /** The version that the simulated editor gives itself. */
    public static final String EDITOR_VERSION = "6000.0.0f1-simulated";

    private static final String MARKER = "ProjectSettings/SimulatedWorld.txt";

    private SimulatedProject() {}

    /** The world that a job's {@code unity_project_path} asks for; empty when it names a real project. */
    public static Optional<String> worldOf(String unityProjectPath) {
        return unityProjectPath.startsWith(PREFIX)
                ? Optional.of(unityProjectPath.substring(PREFIX.length()))
                : Optional.empty();
    }

    /**
     * Writes a minimal Unity project whose scene is that world; files that are there already are overwritten.
     *
     * @param folder the project's, made when it is missing
     * @param world for example {@code reach-target}
     * @throws IllegalArgumentException naming the known worlds when there is none of that name
     */
    public static void create(Path folder, String world) throws IOException {
        KnownWorld known = KnownWorld.named(world);
        Files.createDirectories(folder.resolve("Assets"));
        write(folder, MARKER, known.label() + "\n");
        write(folder, "ProjectSettings/ProjectVersion.txt", "m_EditorVersion: " + EDITOR_VERSION + "\n");
        write(folder, "Packages/manifest.json", """
                {
                  "dependencies": {
                    "com.unity.ml-agents": "4.0.0"
                  }
                }
                """);
    }

    /** The world of a project that {@link #create} wrote. */
    static KnownWorld worldIn(Path project) throws IOException {
        Path marker = project.resolve(MARKER);
        if (!Files.isRegularFile(marker)) {
            throw new BuildFailure("The simulated editor cannot build " + project + ": it has no " + MARKER
                    + ", so it is a real project. Set UNITY_EXECUTABLE to a real editor.");
        }
        try {
            return KnownWorld.named(Files.readString(marker).strip());
        } catch (IllegalArgumentException unknown) {
            throw new BuildFailure(MARKER + ": " + unknown.getMessage());
        }
    }

    private static void write(Path folder, String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, content);
    }
}
