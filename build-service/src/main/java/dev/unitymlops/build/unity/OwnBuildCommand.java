package dev.unitymlops.build.unity;

import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A job's own build command instead of Unity. It gets the absolute paths of the script and of the player to make as its
 * last two arguments, the latter also as UNITY_BUILD_PATH, and runs in the attempt's folder.
 */
public final class OwnBuildCommand implements UnityEditor {

    private final List<String> argv;

    /**
     * A command still to be completed.
     *
     * @param argv program and first arguments; never through a shell
     */
    public OwnBuildCommand(List<String> argv) {
        this.argv = List.copyOf(argv);
    }

    @Override
    public EditorCommand plan(BuildOrder order, int slot) {
        String output = order.files().playerFile().toString();
        List<String> command = new ArrayList<>(argv);
        command.add(order.files().script().toString());
        command.add(output);
        return new EditorCommand(command, order.files().local(), Map.of("UNITY_BUILD_PATH", output));
    }

    @Override
    public EditorRun build(BuildOrder order, Attempt attempt) throws StageFailure, IOException, InterruptedException {
        attempt.progress().phase("building");
        EditorCommand command = plan(order, attempt.slot());
        command.run(order, attempt.children());
        return EditorRun.of(command, ProjectFacts.NONE);
    }
}
