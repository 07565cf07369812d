package dev.unitymlops.build.unity;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a project's files are, by content. A file whose size and time of modification are as remembered is not read again;
 * the memory is one text file, {@code <sha256> <bytes> <milliseconds> <path>} a line.
 */
final class ProjectDigest {

    private final Path project;
    private final Path memory;

    /** A digest still to be taken; {@code memory} is this project's and nobody else's while it is taken. */
    ProjectDigest(Path project, Path memory) {
        this.project = project;
        this.memory = memory;
    }

    /** SHA-256 by path relative to the project, in the order of paths. */
    Map<String, String> files() throws IOException, InterruptedException {
        Map<String, String> known = remembered();
        Map<String, String> lines = new TreeMap<>();
        Map<String, String> digests = new TreeMap<>();
        for (String part : ProjectMirror.PARTS) {
            for (Path file : filesBelow(project.resolve(part))) {
                ProjectMirror.stopWhenInterrupted();
                String path = project.relativize(file).toString();
                String stamp = stamp(file) + " " + path;
                String digest = known.containsKey(stamp) ? known.getOrDefault(stamp, "") : Sha256.of(file);
                digests.put(path, digest);
                lines.put(path, digest + " " + stamp);
            }
        }
        Files.write(memory, lines.values());
        return digests;
    }

    private Map<String, String> remembered() throws IOException {
        Map<String, String> known = new HashMap<>();
        if (Files.isRegularFile(memory)) {
            try (BufferedReader lines = Files.newBufferedReader(memory)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] parts = line.split(" ", 2);
                    if (parts.length == 2) {
                        known.put(parts[1], parts[0]);
                    }
                }
            }
        }
        return known;
    }

    private static String stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.size() + " " + attributes.lastModifiedTime().toMillis();
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }
}
