package dev.unitymlops.build.unity;

import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The player that a build left. An exit code of 0 is no proof of one.
 *
 * @param executable what is started: a file, on macOS a bundle
 */
public record BuiltPlayer(Path executable) {

    /**
     * The player where the build was told to put it.
     *
     * @throws StageFailure naming the missing path when there is none
     */
    public static BuiltPlayer find(BuildOrder order) throws StageFailure, IOException {
        Path expected = order.files().playerFile();
        if (!Files.exists(expected)) {
            throw EditorVerdict.noPlayer(
                    "The build ended with exit code 0, but there is no player at " + expected, order);
        }
        if (isBundle(expected)) {
            return new BuiltPlayer(expected);
        }
        Path executable = Files.isDirectory(expected) ? only(expected, order) : expected;
        if (Files.size(executable) == 0) {
            throw EditorVerdict.noPlayer(
                    "The build ended with exit code 0, but the player " + executable + " is empty", order);
        }
        makeExecutable(executable);
        return new BuiltPlayer(executable);
    }

    /** Path of the executable inside the archive of the player's folder, with slashes. */
    public String inside(Path playerFolder) {
        return playerFolder.relativize(executable).toString().replace('\\', '/');
    }

    private static boolean isBundle(Path path) {
        return path.toString().endsWith(".app") && Files.isDirectory(path.resolve("Contents"));
    }

    /** An own build command may take the path as a folder: then exactly one file in it ends like a player. */
    private static Path only(Path folder, BuildOrder order) throws StageFailure, IOException {
        String name = order.files().player().file();
        String ending = name.substring(name.lastIndexOf('.'));
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> players = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .toList();
            if (players.size() == 1) {
                return players.getFirst();
            }
            throw EditorVerdict.noPlayer(
                    "The build ended with exit code 0, but the folder " + folder + " holds " + players.size()
                            + " files that end in " + ending + "; one is expected",
                    order);
        }
    }

    private static void makeExecutable(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null || Files.isExecutable(file)) {
            return;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        permissions.add(PosixFilePermission.OWNER_EXECUTE);
        view.setPermissions(permissions);
    }
}
