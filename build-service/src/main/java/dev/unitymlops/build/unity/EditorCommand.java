package dev.unitymlops.build.unity;

import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.children.ChildCommand;
import dev.unitymlops.stage.children.Children;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An outside program that builds a player.
 *
 * @param argv program and arguments, never through a shell
 * @param directory working directory
 * @param environment variables beside those every child gets
 */
public record EditorCommand(List<String> argv, Path directory, Map<String, String> environment) {

    /** Class and method of the editor build method, as {@code -executeMethod} names it. */
    public static final String BUILD_METHOD = "UnityMlops.Editor.TrainingBuild.PerformBuild";

    public EditorCommand {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    /**
     * Unity's command line.
     *
     * @param launcher the executable, or the words that start its stand-in
     * @param project the folder that Unity opens
     * @param environment licence variables and the like
     */
    static EditorCommand unity(List<String> launcher, Path project, BuildOrder order, Map<String, String> environment) {
        BuildFiles files = order.files();
        List<String> argv = new ArrayList<>(launcher);
        argv.addAll(List.of("-batchmode", "-nographics", "-quit"));
        argv.addAll(List.of("-projectPath", project.toString()));
        argv.addAll(List.of("-buildTarget", order.target()));
        argv.addAll(List.of("-executeMethod", BUILD_METHOD));
        argv.addAll(List.of("-buildOutput", files.playerFile().toString()));
        argv.addAll(List.of("-mlopsBuildSpec", files.spec().toString()));
        argv.addAll(List.of("-logFile", files.log().toString()));
        return new EditorCommand(argv, files.local(), environment);
    }

    /**
     * Runs it to its end, after it has been recorded in the artifact store.
     *
     * @throws StageFailure when it cannot be started or failed
     */
    void run(BuildOrder order, Children children) throws StageFailure, IOException, InterruptedException {
        RecordedCommands.write(order.files(), List.of(this));
        order.files().publish();
        EditorVerdict.check(children.run(child(order)), order);
    }

    private ChildCommand child(BuildOrder order) {
        return new ChildCommand(argv, directory, environment, order.files().console(), line -> {}, order.timeout());
    }
}
