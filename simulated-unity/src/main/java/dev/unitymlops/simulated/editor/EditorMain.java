package dev.unitymlops.simulated.editor;

import dev.unitymlops.simulated.world.KnownWorld;
import dev.unitymlops.simulated.world.WorldDefinition;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The simulated editor's program: checks a project as a real build would and writes a simulated player. Exits 0 or 1. */
public final class EditorMain {

    private static final Set<String> TARGETS = Set.of("Linux64", "StandaloneLinux64");

    private EditorMain() {}

    public static void main(String[] args) throws IOException {
        int exitCode;
        try (PrintStream log = log(EditorArguments.log(args))) {
            exitCode = run(log, args);
        }
        System.exit(exitCode);
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
        project.holds(spec);
        WorldDefinition definition = definition(SimulatedProject.worldIn(arguments.project()), spec);
        new PlayerBuild(arguments.output()).write(definition);
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
                    .map(complaint ->
                            "BuildFailedException: The world " + world.label() + " cannot be built: " + complaint)
                    .toList());
        }
        return definition;
    }

    private static PrintStream log(@Nullable Path file) throws IOException {
        if (file == null) {
            return System.out;
        }
        Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        return new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
    }
}
