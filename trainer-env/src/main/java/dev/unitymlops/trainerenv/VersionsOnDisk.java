package dev.unitymlops.trainerenv;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The versions of an environment as its files name them, in milliseconds and without starting Python; what only Python
 * could tell is left out. {@link TrainerEnvCheck} asks Python.
 */
public final class VersionsOnDisk {
    private static final List<String> PACKAGES = List.of("mlagents", "torch");

    /** venv writes {@code version = 3.11.2}, virtualenv {@code version_info = 3.11.2.final.0}. */
    private static final Pattern PYTHON = Pattern.compile("version(?:_info)?\\s*=\\s*(\\d+\\.\\d+\\.\\d+).*");

    private VersionsOnDisk() {}

    /**
     * Versions of {@code mlagents}, {@code torch} and {@code python} by these names, as far as they are known.
     *
     * @throws IOException when the environment cannot be read
     */
    public static Map<String, String> of(TrainerEnv env) throws IOException {
        var found = new TreeMap<String, String>();
        for (Path root : roots(env)) {
            Marker.read(root).ifPresent(marker -> {
                found.putIfAbsent("python", marker.python());
                found.putIfAbsent("torch", marker.torch());
            });
            Optional<String> python = python(root.resolve("pyvenv.cfg"));
            python.ifPresent(version -> found.putIfAbsent("python", version));
            packages(root, found);
        }
        found.values().removeIf(String::isBlank);
        return found;
    }

    /** The folders whose {@code bin} holds the interpreter and the trainer; most often they are one. */
    private static List<Path> roots(TrainerEnv env) {
        return Stream.concat(env.python().stream(), Stream.of(env.mlagentsLearn()))
                .map(program ->
                        program.toAbsolutePath().normalize().resolve("../..").normalize())
                .distinct()
                .toList();
    }

    private static Optional<String> python(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(PYTHON::matcher)
                    .filter(Matcher::matches)
                    .map(line -> line.group(1))
                    .findFirst();
        }
    }

    /** pip writes a folder {@code NAME-VERSION.dist-info} beside each package. */
    private static void packages(Path root, Map<String, String> found) throws IOException {
        Path lib = root.resolve("lib");
        if (!Files.isDirectory(lib)) {
            return;
        }
        try (DirectoryStream<Path> pythons = Files.newDirectoryStream(lib, "python3*")) {
            for (Path python : pythons) {
                for (String name : PACKAGES) {
                    version(python.resolve("site-packages"), name)
                            .ifPresent(version -> found.putIfAbsent(name, version));
                }
            }
        }
    }

    private static Optional<String> version(Path packages, String name) throws IOException {
        if (!Files.isDirectory(packages)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> described = Files.newDirectoryStream(packages, name + "-*.dist-info")) {
            for (Path folder : described) {
                String file = folder.getFileName().toString();
                return Optional.of(file.substring(name.length() + 1, file.length() - ".dist-info".length()));
            }
        }
        return Optional.empty();
    }
}
