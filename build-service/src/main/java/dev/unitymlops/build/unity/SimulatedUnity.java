package dev.unitymlops.build.unity;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.simulated.editor.SimulatedEditor;
import dev.unitymlops.simulated.editor.SimulatedProject;
import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The stand-in for Unity, for jobs whose project is {@code simulated:<world>}: a new project for each build. */
public final class SimulatedUnity implements UnityEditor {

    /** Whether the job wants the stand-in. */
    public static boolean isAskedForBy(TrainingJob job) {
        return job.getUnityProjectPath().startsWith(SimulatedProject.PREFIX);
    }

    @Override
    public EditorCommand plan(BuildOrder order, int slot) {
        return EditorCommand.unity(Launcher.COMMAND, project(order), order, Map.of());
    }

    @Override
    public EditorRun build(BuildOrder order, Attempt attempt) throws StageFailure, IOException, InterruptedException {
        Path project = project(order);
        create(
                project,
                SimulatedProject.worldOf(order.job().getUnityProjectPath()).orElse(""));
        EditorSources.placeIn(project, order);
        attempt.progress().phase("building");
        EditorCommand command = plan(order, attempt.slot());
        command.run(order, attempt.children());
        return EditorRun.of(command, new ProjectFacts(SimulatedProject.EDITOR_VERSION, null, null));
    }

    private static void create(Path project, String world) throws StageFailure, IOException {
        try {
            SimulatedProject.create(project, world);
        } catch (IllegalArgumentException unknownWorld) {
            throw StageFailure.user("unity_project_path: " + unknownWorld.getMessage());
        }
    }

    /** Found once: it looks for the stand-in's libraries on the class path. */
    private static final class Launcher {
        static final List<String> COMMAND = SimulatedEditor.command();
    }

    private static Path project(BuildOrder order) {
        return order.files().scratch().resolve("project");
    }
}
