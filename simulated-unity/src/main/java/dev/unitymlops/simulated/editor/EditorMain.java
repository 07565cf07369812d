package dev.unitymlops.simulated.editor;

import dev.unitymlops.simulated.world.KnownWorld;
import dev.unitymlops.simulated.world.WorldDefinition;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The simulated editor's program: checks a project as a real build would and writes a simulated player. Exits 0 or 1. */
public final class EditorMain {

    private static final Set<String> TARGETS = Set.of("Linux64", "StandaloneLinux64");

    private EditorMain() {}

    public static void main(String[] args) throws IOException {
        System.exit(run(args));
    }

    /** Builds as the arguments say. @return the exit code */
    static int run(String... args) throws IOException {
        Path file = EditorArguments.log(args);
        if (file == null) {
            return run(System.out, args);
        }
        Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        try (PrintStream log = new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8)) {
            return run(log, args);
        }
    }

    private static int run(PrintStream log, String... args) throws IOException {
        log.println("Unity Editor version:    " + SimulatedProject.EDITOR_VERSION);
        log.println("COMMAND LINE ARGUMENTS:");
        List.of(args).forEach(log::println);
        try {
            build(EditorArguments.parse(args), log);
            log.println("Exiting batchmode successfully now!");
            return 0;
        } catch (BuildFailure failure) {
            failure.lines().forEach(log::println);
            log.println("Aborting batchmode due to failure:");
            log.println(failure.lines().getLast());
            return 1;
        }
    }

    private static void build(EditorArguments arguments, PrintStream log) throws IOException {
        long started = System.nanoTime();
        ProjectCheck project = new ProjectCheck(arguments.project());
        project.opens();
        log.println("Successfully changed project path to: " + arguments.project());
        project.compiles();
        project.hasMethod(arguments.method());
        if (!TARGETS.contains(arguments.buildTarget())) {
            throw new BuildFailure("Error building player because build target " + arguments.buildTarget()
                    + " is not installed: the simulated editor builds Linux64.");
        }
        BuildSpec spec = BuildSpec.read(arguments.spec());
        List<String> scenes = new AgentCheck(arguments.project(), spec).scenes();
        WorldDefinition definition = definition(SimulatedProject.worldIn(arguments.project()), spec);
        long bytes = new PlayerBuild(arguments.output()).write(definition);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        BuildReport.success(scenes, bytes, took.toMillis() / 1000.0).writeBeside(arguments.spec());
        log.println("Build Finished, Result: Success.");
    }

    private static WorldDefinition definition(KnownWorld world, BuildSpec spec) {
        WorldDefinition definition = new WorldDefinition(
                world.label(),
                spec.behaviorName(),
                0,
                spec.observations(),
                spec.actions(),
                spec.decisionPeriod(),
                spec.maxStep(),
                WorldDefinition.DEFAULT_AGENTS);
        List<String> complaints = world.complaints(definition);
        if (!complaints.isEmpty()) {
            throw new BuildFailure(complaints.stream()
                    .map(complaint -> inBuildMethod("The world " + world.label() + " cannot be built: " + complaint))
                    .toList());
        }
        return definition;
    }

    /** A reason of the build method's, as it logs it. */
    static String inBuildMethod(String problem) {
        return "[unity-mlops] error: " + problem;
    }
}
