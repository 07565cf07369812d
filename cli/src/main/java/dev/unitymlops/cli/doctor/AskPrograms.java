package dev.unitymlops.cli.doctor;

import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.children.ChildCommand;
import dev.unitymlops.stage.children.ChildExit;
import dev.unitymlops.stage.children.SupervisedChildren;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds programs of this machine and asks them a short question. */
final class AskPrograms {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Path NO_LOG = Path.of("/dev/null");
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    private final String path;
    private final SupervisedChildren children = new SupervisedChildren(() -> Duration.ZERO);

    AskPrograms(Map<String, String> environment) {
        this.path = environment.getOrDefault("PATH", "");
    }

    /** The executable file that a name on the PATH, or a path, stands for. */
    Optional<Path> find(String name) {
        Stream<Path> candidates = name.contains("/")
                ? Stream.of(Path.of(name))
                : SEPARATOR
                        .splitAsStream(path)
                        .filter(folder -> !folder.isBlank())
                        .map(folder -> Path.of(folder, name));
        return candidates
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** The first line of a program's answer; empty when it cannot be started, fails or is silent for ten seconds. */
    Optional<String> ask(Path program, String... question) throws InterruptedException {
        var words = Stream.concat(Stream.of(program.toString()), Stream.of(question))
                .toList();
        try {
            ChildExit exit = children.run(
                    new ChildCommand(words, Path.of("/"), Map.of("PATH", path), NO_LOG, line -> {}, PATIENCE));
            return exit.code() == 0 && !exit.timedOut() ? firstLine(exit.tail()) : Optional.empty();
        } catch (StageFailure notStarted) {
            return Optional.empty();
        }
    }

    private static Optional<String> firstLine(List<String> lines) {
        return lines.stream().filter(line -> !line.isBlank()).findFirst();
    }
}
