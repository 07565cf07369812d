package dev.unitymlops.build.unity;

import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.children.ChildCommand;
import dev.unitymlops.stage.children.ChildExit;
import dev.unitymlops.stage.children.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is to be known of a Unity project without opening it in Unity. */
final class ProjectInspection {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectInspection.class);
    private static final Duration GIT_PATIENCE = Duration.ofMinutes(2);
    private static final String COMMIT = "# branch.oid ";

    private final Path project;

    ProjectInspection(Path project) {
        this.project = project;
    }

    /** @throws StageFailure when the folder is no Unity project, naming what it lacks */
    void requireUnityProject() throws StageFailure {
        List<String> missing = Stream.of("Assets", "ProjectSettings")
                .filter(part -> !Files.isDirectory(project.resolve(part)))
                .toList();
        if (!missing.isEmpty()) {
            throw StageFailure.user("unity_project_path " + project + " is no Unity project: it has no folder "
                    + String.join(" and no folder ", missing) + "; give the folder that holds Assets");
        }
    }

    /** @param log where git's own output goes */
    ProjectFacts facts(Children children, Path log) throws IOException, InterruptedException {
        List<String> status = gitStatus(children, log);
        Optional<String> commit = status.stream()
                .filter(line -> line.startsWith(COMMIT))
                .map(line -> line.substring(COMMIT.length()))
                .filter(hash -> hash.matches("[0-9a-f]{40,64}"))
                .findFirst();
        Boolean dirty = commit.isPresent() ? status.stream().anyMatch(line -> !line.startsWith("#")) : null;
        return new ProjectFacts(unityVersion(), commit.orElse(null), dirty);
    }

    private @Nullable String unityVersion() throws IOException {
        Path file = project.resolve("ProjectSettings/ProjectVersion.txt");
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("m_EditorVersion:"))
                    .map(line -> line.substring("m_EditorVersion:".length()).strip())
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Empty where the project is not in git, or this host has none: lineage is then told without a commit. */
    private List<String> gitStatus(Children children, Path log) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        ChildCommand git = new ChildCommand(
                List.of("git", "status", "--porcelain=v2", "--branch", "--", "."),
                project,
                Map.of("GIT_OPTIONAL_LOCKS", "0"),
                log,
                lines::add,
                GIT_PATIENCE);
        try {
            ChildExit exit = children.run(git);
            return exit.code() == 0 && !exit.timedOut() ? lines : List.of();
        } catch (StageFailure noGit) {
            LOG.info("The project's commit is unknown because git does not start reason=\"{}\"", noGit.getMessage());
            return List.of();
        }
    }
}
