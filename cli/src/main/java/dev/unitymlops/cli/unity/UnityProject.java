package dev.unitymlops.cli.unity;

import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.runtime.InvalidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** A Unity project that is written into: never beside it, also not by way of a symbolic link. */
public final class UnityProject {
    private static final String VERSION = "ProjectSettings/ProjectVersion.txt";

    private final Path root;

    private UnityProject(Path root) {
        this.root = root;
    }

    /**
     * The project in a folder.
     *
     * @throws InvalidSettings when it is none
     */
    public static UnityProject at(Path folder) throws IOException {
        if (!Files.isDirectory(folder.resolve("Assets")) || !Files.isRegularFile(folder.resolve(VERSION))) {
            throw new InvalidSettings(List.of(new InvalidSettings.Problem(
                    "--to-unity",
                    folder.toString(),
                    "is no Unity project: it lacks Assets or " + VERSION,
                    "name the folder that holds Assets and ProjectSettings")));
        }
        return new UnityProject(folder.toRealPath());
    }

    /**
     * A folder for assets, made if it is not there.
     *
     * @param names one below the other, from the project's folder on
     * @throws Refused when it would lie outside the project
     */
    Path folder(List<String> names) throws IOException {
        Path folder = root;
        for (String name : names) {
            Path child = folder.resolve(name).normalize();
            if (!folder.equals(child.getParent())) {
                throw new Refused("'" + name + "' cannot name a folder of a Unity project.");
            }
            if (!Files.exists(child, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(child);
            }
            folder = child.toRealPath();
            if (!folder.startsWith(root)) {
                throw new Refused(child + " leads out of the project, to " + folder
                        + ": replace the link by a folder, and export again.");
            }
        }
        return folder;
    }
}
