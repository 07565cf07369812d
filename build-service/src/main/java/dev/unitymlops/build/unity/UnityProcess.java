package dev.unitymlops.build.unity;

import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Unity editor of this host, in batch mode, on a working copy of the studio's project. */
public final class UnityProcess implements UnityEditor {

    private final String executable;
    private final Map<String, String> environment;
    private final WorkingCopies copies;
    private final Path standardProject;
    private final EarlierBuilds earlierBuilds;

    /**
     * An editor of this host.
     *
     * @param environment variables that only Unity gets, such as those of its licence
     * @param standardProject the project of jobs that name none ("."); relative paths are this process's
     */
    public UnityProcess(
            String executable,
            Map<String, String> environment,
            WorkingCopies copies,
            Path standardProject,
            EarlierBuilds earlierBuilds) {
        this.executable = executable;
        this.environment = Map.copyOf(environment);
        this.copies = copies;
        this.standardProject = standardProject;
        this.earlierBuilds = earlierBuilds;
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
            ProjectFacts facts =
                    inspection.facts(attempt.children(), order.files().scratch().resolve("git.log"));
            Optional<String> fingerprint = fingerprint(project, copy, order);
            if (fingerprint.isPresent() && earlierBuilds.restore(fingerprint.get(), order.files())) {
                return new EditorRun(List.of(), facts, fingerprint);
            }
            attempt.progress().phase("copying project");
            copy.sync();
            // A project that was edited meanwhile is in the copy in neither of its states.
            Optional<String> copied =
                    fingerprint.equals(fingerprint(project, copy, order)) ? fingerprint : Optional.empty();
            return new EditorRun(List.of(run(copy, order, attempt)), facts, copied);
        }
    }

    private Optional<String> fingerprint(Path project, WorkingCopy copy, BuildOrder order)
            throws IOException, InterruptedException {
        Map<String, String> digests = new ProjectDigest(project, copy.digests()).files();
        return BuildFingerprint.of(digests, project, executable, order);
    }

    private EditorCommand run(WorkingCopy copy, BuildOrder order, Attempt attempt)
            throws StageFailure, IOException, InterruptedException {
        EditorSources.placeIn(copy.folder(), order);
        attempt.progress().phase("building");
        EditorCommand command = command(copy.folder(), order);
        command.run(order, attempt.children());
        return command;
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
