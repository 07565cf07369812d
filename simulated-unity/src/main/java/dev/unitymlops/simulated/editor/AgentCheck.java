package dev.unitymlops.simulated.editor;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the build method stumbles over: the agent's script, its description and its place in a scene, in its words. */
final class AgentCheck {

    private static final Pattern BUILD_SETTINGS_SCENE = Pattern.compile("enabled: 1\\s+path: (\\S.*)");

    private final Path project;
    private final BuildSpec spec;

    AgentCheck(Path project, BuildSpec spec) {
        this.project = project;
        this.spec = spec;
    }

    /** The scenes to build; "generated" stands for the one made for the agent. @throws BuildFailure naming all that is wrong */
    List<String> scenes() throws IOException {
        List<String> problems = new ArrayList<>(script());
        List<String> scenes = chosenScenes();
        problems.addAll(place(scenes));
        if (!problems.isEmpty()) {
            throw new BuildFailure(
                    problems.stream().map(EditorMain::inBuildMethod).toList());
        }
        return scenes;
    }

    private List<String> script() throws IOException {
        Path script = project.resolve(spec.script()).normalize();
        if (!script.startsWith(project.resolve("Assets").normalize())) {
            return List.of("Script '" + spec.script() + "' is not under Assets.");
        }
        if (!Files.isRegularFile(script)) {
            return List.of("Script '" + spec.script() + "' is not in the project.");
        }
        List<String> problems = new ArrayList<>();
        Pattern agent = Pattern.compile(
                "\\bclass\\s+" + Pattern.quote(spec.className()) + "\\s*:\\s*(?:\\w+\\s*\\.\\s*)*Agent\\b");
        if (!agent.matcher(ProjectCheck.source(script)).find()) {
            problems.add("Script '" + spec.script() + "' has no class " + spec.className()
                    + " that derives from Unity.MLAgents.Agent.");
        }
        Path description = script.resolveSibling("asset_spec.json");
        if (!isJsonObject(description)) {
            problems.add("'" + project.relativize(description) + "' is missing or no JSON object.");
        }
        return problems;
    }

    private List<String> chosenScenes() throws IOException {
        if (spec.sceneGenerated()) {
            return List.of("generated");
        }
        Path settings = project.resolve("ProjectSettings/EditorBuildSettings.asset");
        if (!spec.scenes().isEmpty() || !Files.isRegularFile(settings)) {
            return spec.scenes();
        }
        return BUILD_SETTINGS_SCENE
                .matcher(ProjectCheck.source(settings))
                .results()
                .map((MatchResult scene) -> scene.group(1).strip())
                .toList();
    }

    private List<String> place(List<String> scenes) throws IOException {
        if (spec.sceneGenerated()) {
            return List.of();
        }
        if (scenes.isEmpty()) {
            return List.of("The project's build settings name no scene; list unity.scenes in the job,"
                    + " or set unity.scene: generated.");
        }
        List<String> missing = scenes.stream()
                .filter(scene -> !Files.isRegularFile(project.resolve(scene)))
                .map(scene -> "Scene '" + scene + "' is not in the project.")
                .toList();
        if (!missing.isEmpty()) {
            return missing;
        }
        String target = spec.attachTo();
        return target == null ? presentAgent(scenes) : attachment(target, scenes.getFirst());
    }

    private List<String> presentAgent(List<String> scenes) throws IOException {
        for (String scene : scenes) {
            if (names(scene, "m_BehaviorName", spec.behaviorName())) {
                return List.of();
            }
        }
        return List.of("No agent of behaviour '" + spec.behaviorName() + "' in " + String.join(", ", scenes)
                + " would request a decision: set unity.attach_to (a GameObject path or a prefab) or"
                + " unity.scene: generated, or put an agent with a DecisionRequester into the scene.");
    }

    private List<String> attachment(String target, String scene) throws IOException {
        if (target.endsWith(".prefab")) {
            return Files.isRegularFile(project.resolve(target))
                    ? List.of()
                    : List.of("Prefab '" + target + "' (unity.attach_to) is not in the project.");
        }
        String name = target.substring(target.lastIndexOf('/') + 1);
        return names(scene, "m_Name", name)
                ? List.of()
                : List.of("Scene '" + scene + "' has no object '" + target + "' (unity.attach_to).");
    }

    /** Whether a line of the scene's YAML gives the field this value. */
    private boolean names(String scene, String field, String value) throws IOException {
        return Pattern.compile("(?m)^\\s*" + field + ":\\s*['\"]?" + Pattern.quote(value) + "['\"]?\\s*$")
                .matcher(ProjectCheck.source(project.resolve(scene)))
                .find();
    }

    private static boolean isJsonObject(Path file) throws IOException {
        try {
            return Files.isRegularFile(file)
                    && JsonParser.parseString(ProjectCheck.source(file)).isJsonObject();
        } catch (JsonParseException damaged) {
            return false;
        }
    }
}
