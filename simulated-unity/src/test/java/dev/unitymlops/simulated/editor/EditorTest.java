package dev.unitymlops.simulated.editor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.unitymlops.simulated.world.ActionSpace;
import dev.unitymlops.simulated.world.Observation;
import dev.unitymlops.simulated.world.Observation.Sensor;
import dev.unitymlops.simulated.world.WorldDefinition;
import dev.unitymlops.simulated.world.WorldFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditorTest {

    @TempDir
    private Path folder;

    private EditorJob job;

    @BeforeEach
    void prepare() throws IOException {
        job = EditorJob.in(folder);
    }

    @Test
    void buildsAPlayerThatKnowsItsWorld() throws IOException {
        assertThat(build()).isZero();
        assertThat(log()).endsWith("Exiting batchmode successfully now!");
        assertThat(job.player()).isExecutable();
        assertThat(WorldFile.read(folder.resolve("build/Reach_Data/world.json")))
                .isEqualTo(new WorldDefinition(
                        "reach-target",
                        "ReachBehavior",
                        0,
                        List.of(
                                new Observation("target_position", Sensor.VECTOR, 2, List.of(2)),
                                new Observation("velocity", Sensor.VECTOR, 2, List.of())),
                        new ActionSpace(2, List.of()),
                        5,
                        5000,
                        16));
    }

    @Test
    void reportsTheBuildBesideTheSpecification() throws IOException {
        build();
        JsonObject report = JsonParser.parseString(Files.readString(folder.resolve("build-report.json")))
                .getAsJsonObject();
        assertThat(report.get("result").getAsString()).isEqualTo("Succeeded");
        assertThat(report.get("scenes").toString()).isEqualTo("[\"generated\"]");
        assertThat(report.get("size_bytes").getAsLong()).isGreaterThan(1_000_000);
    }

    @Test
    void buildsOverAnEarlierBuild() throws IOException {
        build();
        assertThat(build()).isZero();
    }

    @Test
    void refusesUnknownAndMissingArgumentsAllAtOnce() throws IOException {
        Path log = folder.resolve("args.log");
        assertThat(EditorMain.run("-projectPath", "p", "-buildTraget", "-logFile", log.toString()))
                .isEqualTo(1);
        assertThat(Files.readAllLines(log))
                .contains(
                        "Unknown command line argument: -buildTraget",
                        "This editor has no window: -batchmode is missing.",
                        "Command line argument -executeMethod is missing.",
                        "Aborting batchmode due to failure:");
    }

    @Test
    void refusesAFolderThatIsNoProject() throws IOException {
        Files.delete(job.project().resolve("ProjectSettings/ProjectVersion.txt"));
        refuses("it has no ProjectSettings/ProjectVersion.txt");
    }

    @Test
    void refusesAMissingFolder() throws IOException {
        Files.move(job.project(), folder.resolve("elsewhere"));
        refuses("Couldn't set project path to: " + job.project());
    }

    @Test
    void refusesARealProject() throws IOException {
        Files.delete(job.project().resolve("ProjectSettings/SimulatedWorld.txt"));
        refuses("so it is a real project");
    }

    @Test
    void reportsWhatDoesNotCompile() throws IOException {
        job.script("public class Reach : Agent {\n  // }\n  string brace = \"}\";\n");
        refuses("Assets/GeneratedMLOps/a1/Reach.cs(4,1): error CS1513: } expected");
        assertThat(log()).contains("Scripts have compiler errors.");
    }

    @Test
    void refusesABuildMethodThatIsNotInTheProject() throws IOException {
        Files.delete(job.project().resolve("Assets/Editor/TrainingBuild.cs"));
        refuses("executeMethod class 'UnityMlops.Editor.TrainingBuild' could not be found.");
    }

    @Test
    void refusesAScriptWithoutTheAgent() throws IOException {
        job.script("public class Reach : MonoBehaviour { }");
        refuses("has no class Reach that derives from Unity.MLAgents.Agent.");
    }

    @Test
    void refusesAMissingScriptAndDescriptionAtOnce() throws IOException {
        Files.delete(job.project().resolve("Assets/GeneratedMLOps/a1/Reach.cs"));
        job.spec("\"generated\"", "null");
        refuses("Script 'Assets/GeneratedMLOps/a1/Reach.cs' is not in the project.");
        assertThat(log()).anyMatch(line -> line.contains("build settings name no scene"));
    }

    @Test
    void refusesAMissingDescription() throws IOException {
        Files.delete(job.project().resolve("Assets/GeneratedMLOps/a1/asset_spec.json"));
        refuses("asset_spec.json' is missing");
    }

    @Test
    void refusesAScriptOutsideOfAssets() throws IOException {
        job.spec("Assets/GeneratedMLOps/a1/Reach.cs", "Assets/../../Reach.cs");
        refuses("is not under Assets");
    }

    @Test
    void refusesAMissingBehaviourName() throws IOException {
        job.spec("ReachBehavior", " ");
        refuses("Build specification: behavior_name is missing or empty.");
    }

    @Test
    void refusesAFieldOfAnotherType() throws IOException {
        job.spec("\"max_step\":5000", "\"max_step\":\"many\"");
        refuses("Build specification: max_step is \"many\", which is not of the expected type.");
    }

    @Test
    void refusesASceneThatIsNotThere() throws IOException {
        job.spec("\"generated\"", "null").spec("\"scenes\":[]", "\"scenes\":[\"Assets/Main.unity\"]");
        refuses("Scene 'Assets/Main.unity' is not in the project.");
    }

    @Test
    void findsTheObjectToAttachToInTheScene() throws IOException {
        job.spec("\"generated\"", "null")
                .spec("\"scenes\":[]", "\"scenes\":[\"Assets/Main.unity\"]")
                .spec("\"attach_to\":null", "\"attach_to\":\"Arena/Robot\"");
        Files.writeString(job.project().resolve("Assets/Main.unity"), "GameObject:\n  m_Name: Door\n");
        refuses("Scene 'Assets/Main.unity' has no object 'Arena/Robot'");
        Files.writeString(job.project().resolve("Assets/Main.unity"), "GameObject:\n  m_Name: Robot\n");
        assertThat(build()).isZero();
    }

    @Test
    void takesTheScenesOfTheBuildSettingsAndWantsAnAgentInThem() throws IOException {
        job.spec("\"generated\"", "null");
        Files.writeString(
                job.project().resolve("ProjectSettings/EditorBuildSettings.asset"),
                "  m_Scenes:\n  - enabled: 1\n    path: Assets/Main.unity\n    guid: 0\n");
        Files.writeString(job.project().resolve("Assets/Main.unity"), "  m_BehaviorName: Other\n");
        refuses("No agent of behaviour 'ReachBehavior' in Assets/Main.unity would request a decision");
        Files.writeString(job.project().resolve("Assets/Main.unity"), "  m_BehaviorName: ReachBehavior\n");
        assertThat(build()).isZero();
    }

    @Test
    void refusesSpacesThatTheWorldDoesNotHave() throws IOException {
        job.spec("\"target_position\",\"sensor\":\"vector\"", "\"eye\",\"sensor\":\"camera\"");
        refuses("Observation 'eye' wants a camera sensor; reach-target has vector and raycast sensors only.");
    }

    @Test
    void refusesAnotherTarget() throws IOException {
        assertThat(EditorMain.run(job.arguments("WebGL"))).isEqualTo(1);
        assertThat(log()).anyMatch(line -> line.contains("build target WebGL is not installed"));
    }

    private int build() throws IOException {
        return EditorMain.run(job.arguments("Linux64"));
    }

    private void refuses(String reason) throws IOException {
        assertThat(build()).isEqualTo(1);
        assertThat(log()).anyMatch(line -> line.contains(reason)).contains("Aborting batchmode due to failure:");
        assertThat(job.player()).doesNotExist();
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(job.log());
    }
}
