package dev.unitymlops.build.unity;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the parts of a project that people write the same in a copy. A file counts as unchanged when its size and time of
 * modification are, as for rsync; links are followed, because relative ones would lead elsewhere in the copy.
 */
final class ProjectMirror {

    /** Not Library (Unity's cache), not Temp, Logs and UserSettings. */
    static final List<String> PARTS = List.of("Assets", "Packages", "ProjectSettings");

    private static final String META = ".meta";

    private final Path project;
    private final Path copy;

    ProjectMirror(Path project, Path copy) {
        this.project = project;
        this.copy = copy;
    }

    void sync() throws IOException, InterruptedException {
        for (String part : PARTS) {
            Path from = project.resolve(part);
            Path to = copy.resolve(part);
            removeStrangers(from, to);
            copyChanged(from, to);
        }
    }

    private static void removeStrangers(Path from, Path to) throws IOException, InterruptedException {
        if (!Files.exists(to)) {
            return;
        }
        for (Path path : contents(to).reversed()) {
            stopWhenInterrupted();
            if (!belongs(from.resolve(to.relativize(path)), path)) {
                Files.delete(path);
            }
        }
    }

    /** Unity gives each asset a .meta file; where the project has none, the copy's keeps the asset's identity. */
    private static boolean belongs(Path original, Path path) {
        String name = path.getFileName().toString();
        boolean metaOfAnAsset = name.endsWith(META)
                && Files.exists(original.resolveSibling(name.substring(0, name.length() - META.length())));
        return metaOfAnAsset || (Files.exists(original) && Files.isDirectory(original) == Files.isDirectory(path));
    }

    private static void copyChanged(Path from, Path to) throws IOException, InterruptedException {
        if (!Files.isDirectory(from)) {
            return;
        }
        for (Path original : contents(from)) {
            stopWhenInterrupted();
            Path target = to.resolve(from.relativize(original));
            if (Files.isDirectory(original)) {
                Files.createDirectories(target);
            } else if (!isSame(original, target)) {
                Files.copy(original, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Folders before what is in them. */
    private static List<Path> contents(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return tree.sorted(Comparator.naturalOrder()).toList();
        }
    }

    private static boolean isSame(Path original, Path target) throws IOException {
        if (!Files.exists(target)) {
            return false;
        }
        BasicFileAttributes ours = Files.readAttributes(target, BasicFileAttributes.class);
        BasicFileAttributes theirs = Files.readAttributes(original, BasicFileAttributes.class);
        return ours.size() == theirs.size()
                && ours.lastModifiedTime().toMillis()
                        == theirs.lastModifiedTime().toMillis();
    }

    static void stopWhenInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped while the project was copied");
        }
    }
}
