package dev.unitymlops.build.unity;

import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Unity editor of this host, in batch mode, on a working copy of the studio's project. */
public final class UnityProcess implements UnityEditor {

    private final String executable;
    private final Map<String, String> environment;
    private final WorkingCopies copies;
    private final Path standardProject;

    /**
     * An editor of this host.
     *
     * @param environment variables that only Unity gets, such as those of its licence
     * @param standardProject the project of jobs that name none ("."); relative paths are this process's
     */
    public UnityProcess(
            String executable, Map<String, String> environment, WorkingCopies copies, Path standardProject) {
        this.executable = executable;
        this.environment = Map.copyOf(environment);
        this.copies = copies;
        this.standardProject = standardProject;
    }

    @Override
    public EditorCommand plan(BuildOrder order, int slot) {
        return command(copies.expected(project(order), slot), order);
    }

    @Override
    public EditorRun build(BuildOrder order, Attempt attempt) throws StageFailure, IOException, InterruptedException {
        Path project = project(order);
        ProjectInspection inspection = new ProjectInspection(project);
        inspection.requireUnityProject();
        try (WorkingCopy copy = copies.take(project, attempt.slot())) {
            attempt.progress().phase("copying project");
            copy.sync();
            ProjectFacts facts =
                    inspection.facts(attempt.children(), order.files().scratch().resolve("git.log"));
            EditorSources.placeIn(copy.folder(), order);
            attempt.progress().phase("building");
            EditorCommand command = command(copy.folder(), order);
            EditorVerdict.check(attempt.children().run(command.child(order)), order);
            return new EditorRun(command, facts);
        }
    }

    private EditorCommand command(Path copy, BuildOrder order) {
        return EditorCommand.unity(List.of(executable), copy, order, environment);
    }

    private Path project(BuildOrder order) {
        String named = order.job().getUnityProjectPath();
        return (named.equals(".") ? standardProject : Path.of(named))
                .toAbsolutePath()
                .normalize();
    }
}
