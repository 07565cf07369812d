package dev.unitymlops.simulated.editor;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The simulated editor as a child process: what stands where the Unity executable would. */
public final class SimulatedEditor {

    private SimulatedEditor() {}

    /**
     * The words to put before Unity's own arguments: this process's Java, quick-start flags, the class path and the editor's
     * main class.
     *
     * @throws IllegalStateException when a library of the player is not on this process's class path
     */
    public static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Jvm.java().toString());
        command.addAll(Jvm.FLAGS);
        command.add("-cp");
        command.add(
                PlayerLibraries.locate().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(EditorMain.class.getName());
        return List.copyOf(command);
    }
}
