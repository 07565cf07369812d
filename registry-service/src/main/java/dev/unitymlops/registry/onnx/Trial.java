package dev.unitymlops.registry.onnx;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.children.ChildCommand;
import dev.unitymlops.stage.children.ChildExit;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Has one model loaded and run by {@link TrialMain} in a child process, and says how that went. */
final class Trial {

    /** The child's own Java; native memory is outside of its heap. */
    private static final List<String> JAVA = List.of(
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=32m",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=/dev/null",
            "--enable-native-access=ALL-UNNAMED");

    /** Exit code of Java for {@code ExitOnOutOfMemoryError}. */
    private static final int OUT_OF_HEAP = 3;

    /** What Java prints when native memory is refused to it. */
    private static final String NO_MEMORY_FOR_JAVA = "insufficient memory";

    /** What ONNX Runtime says when native memory is refused to it. */
    private static final String NO_MEMORY = "std::bad_alloc";

    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    private final ModelCheck limits;
    private final Attempt attempt;

    Trial(ModelCheck limits, Attempt attempt) {
        this.limits = limits;
        this.attempt = attempt;
    }

    List<String> problems(Path file, Optional<TrainingJob> declared)
            throws StageFailure, IOException, InterruptedException {
        Path folder = Files.createTempDirectory(attempt.scratch(), "check");
        List<String> arguments = new ArrayList<>(List.of(file.toAbsolutePath().toString()));
        if (declared.isPresent()) {
            Path job = Files.write(
                    folder.resolve("job.avro"), declared.get().toByteBuffer().array());
            arguments.add(job.toAbsolutePath().toString());
        }
        AtomicBoolean ready = new AtomicBoolean();
        ChildExit exit = attempt.children().run(command(folder, arguments, line -> {
            if (line.equals(TrialMain.READY)) {
                ready.set(true);
            }
        }));
        if (exit.timedOut()) {
            return List.of("gave no answer within " + limits.timeout().toSeconds() + " s (registry.check-timeout)");
        }
        if (!ready.get()) {
            throw StageFailure.infrastructure(
                            "ONNX Runtime does not start in a process of its own (exit code " + exit.code() + ")")
                    .withLogTail(exit.tail());
        }
        return exit.code() == 0 ? told(folder) : List.of(ended(exit));
    }

    private ChildCommand command(Path folder, List<String> arguments, Consumer<String> onLine) {
        List<String> argv = new ArrayList<>();
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        argv.addAll(JAVA);
        argv.add("-Djava.io.tmpdir=" + folder.toAbsolutePath());
        argv.add(TrialMain.class.getName());
        argv.addAll(arguments);
        return new ChildCommand(
                argv,
                folder,
                Map.of("CLASSPATH", classPath(), "MALLOC_ARENA_MAX", "1"),
                folder.resolve("check.log"),
                onLine,
                limits.timeout(),
                limits.memoryBytes());
    }

    /** Of this process; relative parts would be looked for in the child's folder. */
    private static String classPath() {
        return SEPARATOR
                .splitAsStream(System.getProperty("java.class.path"))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What ONNX Runtime told itself; that it got no more memory is told in our words. */
    private List<String> told(Path folder) throws IOException {
        List<String> problems = Files.readAllLines(folder.resolve(TrialMain.PROBLEMS));
        return problems.stream().anyMatch(problem -> problem.contains(NO_MEMORY)) ? List.of(tooMuchMemory()) : problems;
    }

    private String ended(ChildExit exit) {
        boolean outOfMemory =
                exit.code() == OUT_OF_HEAP || exit.tail().stream().anyMatch(line -> line.contains(NO_MEMORY_FOR_JAVA));
        return outOfMemory ? tooMuchMemory() : "made ONNX Runtime crash (exit code " + exit.code() + ")";
    }

    private String tooMuchMemory() {
        return "needs more memory than registry.check-memory allows (" + limits.memoryBytes() + " bytes)";
    }
}
