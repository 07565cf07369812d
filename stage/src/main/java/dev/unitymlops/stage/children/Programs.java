package dev.unitymlops.stage.children;

import dev.unitymlops.stage.StageFailure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the file that a program's name stands for, as a shell would, before anything is started. */
final class Programs {

    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    private Programs() {}

    /**
     * Finds the program of a command in the environment that it will get.
     *
     * @throws StageFailure naming the program, where it was looked for and what to do
     */
    static Path find(String name, Path directory, Map<String, String> environment) throws StageFailure {
        if (name.contains("/")) {
            Path program = directory.resolve(name).toAbsolutePath().normalize();
            requireExecutable(name, program);
            return program;
        }
        String path = environment.getOrDefault("PATH", DEFAULT_PATH);
        return onPath(name, path)
                .orElseThrow(() -> StageFailure.infrastructure(
                        "the program '%s' was not found on this worker's PATH (%s): install it, or give its full path in the setting or command that names it"
                                .formatted(name, path)));
    }

    /** The first executable file of that name in the folders of {@code path}. */
    static Optional<Path> onPath(String name, String path) {
        return folders(path)
                .map(folder -> folder.resolve(name))
                .filter(Programs::executable)
                .findFirst();
    }

    private static Stream<Path> folders(String path) {
        return SEPARATOR.splitAsStream(path).filter(folder -> !folder.isEmpty()).map(Path::of);
    }

    private static void requireExecutable(String name, Path program) throws StageFailure {
        if (!Files.isRegularFile(program)) {
            throw StageFailure.infrastructure(
                    "the program '%s' does not exist on this worker (looked for %s): install it, or correct the setting or command that names it"
                            .formatted(name, program));
        }
        if (!Files.isExecutable(program)) {
            throw StageFailure.infrastructure(
                    "the program '%s' may not be executed by this worker: run chmod +x %s, or correct the setting or command that names it"
                            .formatted(name, program));
        }
    }

    private static boolean executable(Path program) {
        return Files.isRegularFile(program) && Files.isExecutable(program);
    }
}
