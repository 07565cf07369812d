package dev.unitymlops.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.build.script.BehaviourSources;
import dev.unitymlops.build.script.HttpSource;
import dev.unitymlops.build.unity.EarlierBuilds;
import dev.unitymlops.build.unity.SimulatedUnity;
import dev.unitymlops.build.unity.UnityProcess;
import dev.unitymlops.build.unity.WorkingCopies;
import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.stage.artifacts.PlayerArchive;
import dev.unitymlops.stage.children.Children;
import dev.unitymlops.stage.children.SupervisedChildren;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a job, with executables made for the purpose in place of Unity. */
class BuildHandlerTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    /** Reads Unity's command line into variables, so that each test only says what its editor does. */
    private static final String EDITOR = """
            #!/bin/sh
            while [ $# -gt 0 ]; do
              case $1 in
                -projectPath) project=$2 ;;
                -buildOutput) output=$2 ;;
                -mlopsBuildSpec) spec=$2 ;;
                -logFile) log=$2 ;;
              esac
              shift
            done
            """;

    @TempDir
    Path root;

    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        project = root.resolve("studio");
        write(project.resolve("Assets/Arena.unity"), "scene");
        write(project.resolve("Packages/manifest.json"), "{\"dependencies\": {\"com.a\": \"file:../../a\"}}");
        write(project.resolve("ProjectSettings/ProjectVersion.txt"), "m_EditorVersion: 6000.0.23f1\nmore\n");
        write(project.resolve("Library/cache"), "the studio's own");
    }

    @Test
    void aBuiltPlayerIsArchivedWithItsFacts() throws Exception {
        BuildCompleted built = build(editor("""
                        test -f "$project/Assets/Editor/UnityMlops/TrainingBuild.cs" || exit 9
                        test -f "$project/Assets/GeneratedMLOps/simple-agent-001/SimpleAgent.cs" || exit 9
                        test -f "$project/Assets/Arena.unity" || exit 9
                        test -e "$project/Library/cache" && exit 9
                        grep -q '"behavior_name" : "SimpleAgent"' "$spec" || exit 9
                        echo built > "$log"
                        mkdir "${output%.x86_64}_Data"
                        echo data > "${output%.x86_64}_Data/level0"
                        echo player > "$output"
                        """), job("{}"));

        assertThat(built.getBuild().getUnityVersion()).isEqualTo("6000.0.23f1");
        assertThat(built.getBuild().getPlayerExecutable()).isEqualTo("SimpleAgent.x86_64");
        assertThat(built.getBuild().getBehaviourOrigin()).isEqualTo("template");
        assertThat(built.getBuild().getReward()).startsWith("template default");
        assertThat(built.getBuild().getLog()).endsWith("/unity.log");
        assertThat(built.getCompletedAt()).isEqualTo(NOW);
        Path unpacked = PlayerArchive.unpack(
                ArtifactFiles.fetch(built.getBuild().getPlayer(), root.resolve("player.tar.gz")),
                root.resolve("unpacked"));
        assertThat(unpacked.resolve("SimpleAgent.x86_64")).isExecutable();
        assertThat(unpacked.resolve("SimpleAgent_Data/level0")).hasContent("data");
    }

    @Test
    void unityGetsExactlyItsCommandLine() throws Exception {
        BuildCompleted built = build(editor("echo player > \"$output\""), job("{}"));

        List<String> argv = built.getBuild().getCommands().getFirst();
        Path scratch = root.resolve("scratch");
        assertThat(argv.subList(1, argv.size()))
                .containsExactly(
                        "-batchmode",
                        "-nographics",
                        "-quit",
                        "-projectPath",
                        argv.get(5),
                        "-buildTarget",
                        "Linux64",
                        "-executeMethod",
                        "UnityMlops.Editor.TrainingBuild.PerformBuild",
                        "-buildOutput",
                        scratch.resolve("player/SimpleAgent.x86_64").toString(),
                        "-mlopsBuildSpec",
                        folder().resolve("generated/spec.json").toString(),
                        "-logFile",
                        folder().resolve("unity.log").toString());
        assertThat(Path.of(argv.get(5))).startsWith(root.resolve("work")).isAbsolute();
    }

    @Test
    void theProjectItselfIsNotTouchedAndLocalPackagesStillLeadToIt() throws Exception {
        List<Path> before = tree(project);

        BuildCompleted built = build(
                editor("cat \"$project/Packages/manifest.json\" > \"$log\"; echo player > \"$output\""), job("{}"));

        assertThat(tree(project)).isEqualTo(before);
        assertThat(ArtifactFiles.pathOf(built.getBuild().getLog())).content().contains("file:" + root.resolve("a"));
    }

    @Test
    void exitZeroWithoutAPlayerFailsAndNamesIt() throws Exception {
        StageFailure failure = failure("/bin/true", job("{}"));

        assertThat(failure.messages().getFirst())
                .contains("no player at " + root.resolve("scratch/player/SimpleAgent.x86_64"));
        assertThat(failure.retry()).isEqualTo(Retry.NEVER);
        assertThat(failure.produced()).hasSize(1);
    }

    @Test
    void anEmptyPlayerIsNone() throws Exception {
        assertThat(failure(editor(": > \"$output\""), job("{}")).messages().getFirst())
                .contains("is empty");
    }

    @Test
    void compileErrorsAreTheUsersAndAreToldLineByLine() throws Exception {
        StageFailure failure = failure(editor("""
                        echo "[Licensing::Client] com.unity.editor.headless was not found" > "$log"
                        echo "Assets/A.cs(3,7): error CS0246: The type 'Foo' could not be found" >> "$log"
                        echo "Assets/B.cs(1,1): error CS1002: ; expected" >> "$log"
                        echo "Aborting batchmode due to failure:" >> "$log"
                        exit 1
                        """), job("{}"));

        assertThat(failure.failureCause()).isEqualTo(FailureCause.USER);
        assertThat(failure.messages()).anyMatch(m -> m.contains("CS0246")).anyMatch(m -> m.contains("CS1002"));
        assertThat(failure.logTail()).endsWith("Aborting batchmode due to failure:");
    }

    @Test
    void aMissingLicenceWaitsWithoutUsingAnAttemptUp() throws Exception {
        StageFailure failure = failure(
                editor("echo 'No valid Unity Editor license found. Please activate your license.' > \"$log\"; exit 1"),
                job("{}"));

        assertThat(failure.failureCause()).isEqualTo(FailureCause.LICENCE);
        assertThat(failure.retry()).isEqualTo(Retry.WAIT);
    }

    @Test
    void aNonZeroExitThatTellsNothingIsTriedAgain() throws Exception {
        StageFailure failure = failure(editor("echo something >&2; exit 3"), job("{}"));

        assertThat(failure.failureCause()).isEqualTo(FailureCause.INFRASTRUCTURE);
        assertThat(failure.retry()).isEqualTo(Retry.BACK_OFF);
        assertThat(failure.getMessage()).contains("exit code 3");
        assertThat(failure.logTail()).isEqualTo("something");
    }

    @Test
    void aCrashIsTriedAgain() throws Exception {
        StageFailure failure = failure(editor("kill -SEGV $$"), job("{}"));

        assertThat(failure.failureCause()).isEqualTo(FailureCause.INFRASTRUCTURE);
        assertThat(failure.getMessage()).contains("signal 11");
    }

    @Test
    void aHangIsCutOffAtTheJobsTimeout() throws Exception {
        StageFailure failure = failure(editor("exec sleep 600"), job("{\"timeouts\": {\"build_seconds\": 1}}"));

        assertThat(failure.failureCause()).isEqualTo(FailureCause.TIMEOUT);
        assertThat(failure.getMessage()).contains("timeouts.build_seconds, 1 s");
    }

    @Test
    void anEditorThatIsNotInstalledIsNamed() throws Exception {
        assertThat(failure("no-such-unity", job("{}")).getMessage()).contains("no-such-unity");
    }

    @Test
    void aFolderThatIsNoProjectIsNamed() throws Exception {
        StageFailure failure =
                failure("/bin/true", job("{\"unity_project_path\": " + Jobs.quoted(root.toString()) + "}"));

        assertThat(failure.failureCause()).isEqualTo(FailureCause.USER);
        assertThat(failure.getMessage()).contains(root.toString()).contains("Assets");
    }

    @Test
    void anOwnBuildCommandGetsScriptAndOutput() throws Exception {
        Path command = script("own", """
                #!/bin/sh
                test "$1" = fast && test -f "$2" && test "$3" = "$UNITY_BUILD_PATH" || exit 9
                echo player > "$3"
                """);

        BuildCompleted built =
                build("unused", job("{\"build_command\": [" + Jobs.quoted(command.toString()) + ", \"fast\"]}"));

        assertThat(built.getBuild().getCommands().getFirst())
                .containsExactly(
                        command.toString(),
                        "fast",
                        folder().resolve("generated/SimpleAgent.cs").toString(),
                        root.resolve("scratch/player/SimpleAgent.x86_64").toString());
        assertThat(built.getBuild().getPlayer()).isNotNull();
    }

    @Test
    void anOwnBuildCommandThatLeavesNothingFails() throws Exception {
        assertThat(failure("unused", job("{\"build_command\": [\"/bin/true\"]}"))
                        .getMessage())
                .contains("no player at");
    }

    @Test
    void anUpstreamsSourceIsTakenAsItIs() throws Exception {
        String source = "public class SimpleAgent : Unity.MLAgents.Agent { /* \u00e9 */ }\n";

        BuildCompleted built = build(
                editor("echo player > \"$output\""),
                job("{\"behaviour_source\": {\"content\": " + Jobs.quoted(source) + "}}"));

        assertThat(built.getBuild().getBehaviourOrigin()).isEqualTo("upstream");
        assertThat(built.getBuild().getReward()).isEmpty();
        assertThat(folder().resolve("generated/SimpleAgent.cs")).hasContent(source);
    }

    @Test
    void theSimulatedEditorBuildsAPlayer() throws Exception {
        BuildCompleted built = build(
                "unused",
                Jobs.of(
                        "{\"target_position\": 2, \"velocity\": 2}",
                        "{\"type\": \"continuous\", \"size\": 2}",
                        "{\"unity_project_path\": \"simulated:reach-target\"}"));

        Path unpacked = PlayerArchive.unpack(
                ArtifactFiles.fetch(built.getBuild().getPlayer(), root.resolve("player.tar.gz")),
                root.resolve("unpacked"));
        assertThat(unpacked.resolve(built.getBuild().getPlayerExecutable())).isExecutable();
        assertThat(built.getBuild().getUnityVersion()).contains("simulated");
    }

    @Test
    void theSimulatedEditorsCompileErrorsAreTheUsers() throws Exception {
        StageFailure failure = failure(
                "unused",
                job("{\"unity_project_path\": \"simulated:reach-target\", \"behaviour_source\": {\"content\":"
                        + " \"public class SimpleAgent : Agent { {\"}}"));

        assertThat(failure.failureCause()).isEqualTo(FailureCause.USER);
        assertThat(failure.getMessage()).contains("error CS1513");
    }

    @Test
    void anUnknownWorldIsTheUsers() throws Exception {
        assertThat(failure("unused", job("{\"unity_project_path\": \"simulated:nowhere\"}"))
                        .failureCause())
                .isEqualTo(FailureCause.USER);
    }

    @Test
    void aDryRunWritesEverythingAndStartsNothing() throws Exception {
        Children nothing = command -> {
            throw new AssertionError("started " + command.argv());
        };

        BuildCompleted built =
                handle("Unity", job("{\"dry_run\": true, \"unity_project_path\": \"/only/elsewhere\"}"), nothing);

        assertThat(built.getDryRun()).isTrue();
        assertThat(built.getBuild().getPlayer()).isNull();
        assertThat(tree(folder()))
                .map(path -> folder().relativize(path).toString())
                .containsExactly(
                        "commands.json",
                        "generated/SimpleAgent.cs",
                        "generated/asset_spec.json",
                        "generated/spec.json");
        JsonNode command = new ObjectMapper()
                .readTree(folder().resolve("commands.json").toFile())
                .get(0);
        assertThat(command.get("argv").get(0).asText()).isEqualTo("Unity");
        assertThat(command.get("argv"))
                .hasSameSizeAs(built.getBuild().getCommands().getFirst());
        assertThat(command.get("cwd").asText()).isEqualTo(folder().toString());
        assertThat(command.get("env").get(0).asText()).isEqualTo("LICENCE_SERVER");
        assertThat(root.resolve("work")).doesNotExist();
    }

    @Test
    void aDryRunSaysWhatItWouldFetchAndFetchesNothing() throws Exception {
        String uri = "https://studio.invalid/SimpleAgent.cs";
        String hash = "ab".repeat(32);
        StandInAttempt attempt = StandInAttempt.of(
                job("{\"dry_run\": true, \"behaviour_source\": {\"uri\": " + Jobs.quoted(uri) + ", \"sha256\": "
                        + Jobs.quoted(hash) + "}}"),
                root,
                command -> {
                    throw new AssertionError("started " + command.argv());
                });

        BuildCompleted built = handler("Unity").handle(requested(attempt.job()), attempt);

        assertThat(built.getBuild().getBehaviourOrigin()).isEqualTo("upstream");
        assertThat(built.getBuild().getScript()).isNull();
        assertThat(attempt.messages()).singleElement().asString().contains(uri, hash, "dry run");
        JsonNode recorded = new ObjectMapper()
                .readTree(folder().resolve("generated/behaviour_source.json").toFile());
        assertThat(recorded.path("uri").asText()).isEqualTo(uri);
        assertThat(recorded.path("sha256").asText()).isEqualTo(hash);
        assertThat(folder().resolve("generated/SimpleAgent.cs")).doesNotExist();
        assertThat(folder().resolve("commands.json")).isNotEmptyFile();
    }

    @Test
    void theCommandIsRecordedBeforeItRuns() throws Exception {
        Path commands = folder().resolve("commands.json");

        failure(editor("cp " + commands + " " + root.resolve("seen.json") + "; exit 3"), job("{}"));

        assertThat(root.resolve("seen.json")).content().contains("-executeMethod");
        assertThat(commands).hasSameTextualContentAs(root.resolve("seen.json"));
    }

    @Test
    void theSameBuildIsNotDoneTwiceAndAnotherOneIs() throws Exception {
        write(project.resolve("Packages/manifest.json"), "{\"dependencies\": {\"com.a\": \"1.0.0\"}}");
        write(project.resolve("Packages/packages-lock.json"), "{}");
        String editor = editor("echo once >> " + root.resolve("builds.log") + "; echo player > \"$output\"");
        BuildCompleted first = build(editor, job("{}"));
        commitAndMoveAway();

        BuildCompleted second = build(editor, job("{\"rl_config\": {\"algorithm\": \"SAC\"}}"));

        assertThat(root.resolve("builds.log")).hasContent("once");
        assertThat(second.getBuild().getCommands()).isEmpty();
        assertThat(second.getBuild().getPlayer().getSha256())
                .isEqualTo(first.getBuild().getPlayer().getSha256());
        Files.move(root.resolve("scratch"), root.resolve("scratch-of-second-job"));
        write(project.resolve("Assets/Arena.unity"), "another scene");
        build(editor, job("{}"));
        assertThat(root.resolve("builds.log")).hasContent("once\nonce");
    }

    /** As the stage does at the end of an attempt, and as if the next job had another id. */
    private void commitAndMoveAway() throws IOException {
        write(folder().resolve("result.json"), "{}");
        Files.move(root.resolve("scratch"), root.resolve("scratch-of-earlier-job"));
        Path pointer = tree(root.resolve("builds")).getFirst();
        Path elsewhere = Files.move(folder(), root.resolve("earlier-job"));
        String text = Files.readString(pointer)
                .replace(folder().toUri().toString(), elsewhere.toUri().toString());
        Files.writeString(
                pointer,
                text.replace(folder().toUri().getPath(), elsewhere.toUri().getPath()));
    }

    @Test
    void theProjectsCommitAndItsDirtinessAreRecorded() throws Exception {
        git("init", "--quiet");
        git("add", ".");
        git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "all");
        BuildCompleted clean = build(editor("echo player > \"$output\""), job("{}"));
        write(project.resolve("Assets/New.cs"), "");

        BuildCompleted dirty = build(editor("echo player > \"$output\""), job("{}"));

        assertThat(clean.getBuild().getGitCommit()).hasSize(40);
        assertThat(clean.getBuild().getGitDirty()).isFalse();
        assertThat(dirty.getBuild().getGitCommit()).isEqualTo(clean.getBuild().getGitCommit());
        assertThat(dirty.getBuild().getGitDirty()).isTrue();
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .directory(project.toFile())
                .inheritIO()
                .start();
        assertThat(git.waitFor()).isZero();
    }

    @Test
    void theLibraryOfAWorkingCopyOutlivesABuild() throws Exception {
        build(
                editor("mkdir -p \"$project/Library\"; echo 1 > \"$project/Library/x\"; echo p > \"$output\""),
                job("{}"));

        build(editor("test -f \"$project/Library/x\" || exit 9; echo p > \"$output\""), job("{}"));
    }

    private BuildCompleted build(String executable, TrainingJob job) throws Exception {
        return handle(executable, job, new SupervisedChildren(() -> Duration.ofSeconds(1)));
    }

    private BuildCompleted handle(String executable, TrainingJob job, Children children) throws Exception {
        return handler(executable).handle(requested(job), StandInAttempt.of(job, root, children));
    }

    private StageFailure failure(String executable, TrainingJob job) {
        return catchThrowableOfType(StageFailure.class, () -> build(executable, job));
    }

    private BuildHandler handler(String executable) {
        EarlierBuilds earlier = new EarlierBuilds(root.resolve("builds"));
        WorkingCopies copies = new WorkingCopies(root.resolve("work"));
        UnityProcess unity =
                new UnityProcess(executable, Map.of("LICENCE_SERVER", "not shown"), copies, project, earlier);
        return new BuildHandler(
                new Editors(unity, new SimulatedUnity()),
                new GeneratedFiles(new BehaviourSources(new HttpSource(List.of()))),
                earlier,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static JobRequested requested(TrainingJob job) {
        return JobRequested.newBuilder().setJob(job).build();
    }

    private static TrainingJob job(String fields) {
        return Jobs.with(fields);
    }

    private Path folder() {
        return root.resolve("artifacts/job-1/run-1/build/attempt-1");
    }

    private String editor(String does) throws IOException {
        return script("editor-" + Integer.toHexString(does.hashCode()), EDITOR + does)
                .toString();
    }

    private Path script(String name, String text) throws IOException {
        Path file = write(root.resolve("bin").resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static List<Path> tree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
