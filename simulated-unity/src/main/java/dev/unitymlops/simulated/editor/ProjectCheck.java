package dev.unitymlops.simulated.editor;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the real editor would stumble over in a project, found by reading its files. */
final class ProjectCheck {

    private final Path project;

    ProjectCheck(Path project) {
        this.project = project;
    }

    /** @throws BuildFailure when the folder is no Unity project */
    void opens() {
        if (!Files.isDirectory(project)) {
            throw new BuildFailure("Couldn't set project path to: " + project);
        }
        List<String> missing = Stream.of("Assets", "ProjectSettings/ProjectVersion.txt")
                .filter(part -> !Files.exists(project.resolve(part)))
                .map(part -> "Couldn't open project " + project + ": it has no " + part + ".")
                .toList();
        if (!missing.isEmpty()) {
            throw new BuildFailure(missing);
        }
    }

    /** Every script has its braces in pairs. @throws BuildFailure with the compiler's lines */
    void compiles() throws IOException {
        List<String> errors = new ArrayList<>();
        for (Path script : scripts()) {
            String name = project.relativize(script).toString();
            Braces.complaint(source(script)).ifPresent(complaint -> errors.add(name + complaint));
        }
        if (!errors.isEmpty()) {
            errors.add("Scripts have compiler errors.");
            throw new BuildFailure(errors);
        }
    }

    /** The build method's class is in the project. @throws BuildFailure in Unity's words when it is not */
    void hasMethod(String method) throws IOException {
        int dot = method.lastIndexOf('.');
        String qualified = method.substring(0, Math.max(dot, 0));
        String name = qualified.substring(qualified.lastIndexOf('.') + 1);
        Pattern declaration = Pattern.compile("\\bclass\\s+" + Pattern.quote(name) + "\\b");
        for (Path script : scripts()) {
            if (dot > 0 && declaration.matcher(source(script)).find()) {
                return;
            }
        }
        throw new BuildFailure("executeMethod class '" + qualified + "' could not be found.");
    }

    /** The agent's script, its description and its place in a scene are there. @throws BuildFailure naming all that is not */
    void holds(BuildSpec spec) throws IOException {
        List<String> problems = new ArrayList<>();
        problems.addAll(script(spec));
        problems.addAll(place(spec));
        if (!problems.isEmpty()) {
            throw new BuildFailure(problems.stream()
                    .map(problem -> "BuildFailedException: " + problem)
                    .toList());
        }
    }

    private List<String> script(BuildSpec spec) throws IOException {
        Path script = project.resolve(spec.script()).normalize();
        if (!script.startsWith(project.resolve("Assets").normalize())) {
            return List.of("The script " + spec.script() + " is not under Assets.");
        }
        if (!Files.isRegularFile(script)) {
            return List.of("The script " + spec.script() + " does not exist.");
        }
        List<String> problems = new ArrayList<>();
        Pattern agent = Pattern.compile(
                "\\bclass\\s+" + Pattern.quote(spec.className()) + "\\s*:\\s*(?:\\w+\\s*\\.\\s*)*Agent\\b");
        if (!agent.matcher(source(script)).find()) {
            problems.add("The script " + spec.script() + " has no class " + spec.className()
                    + " that derives from Unity.MLAgents.Agent.");
        }
        Path description = script.resolveSibling("asset_spec.json");
        if (!Files.isRegularFile(description)) {
            problems.add("There is no " + project.relativize(description) + ".");
        } else if (!isJson(description)) {
            problems.add("The file " + project.relativize(description) + " is no JSON.");
        }
        return problems;
    }

    private List<String> place(BuildSpec spec) throws IOException {
        List<String> problems = new ArrayList<>();
        spec.scenes().stream()
                .filter(scene -> !Files.isRegularFile(project.resolve(scene)))
                .forEach(scene -> problems.add("The scene " + scene + " does not exist."));
        String target = spec.attachTo();
        if (target == null && spec.scenes().isEmpty() && !spec.sceneGenerated()) {
            problems.add("No agent would request a decision: name scenes, attach_to or scene: generated.");
        } else if (target != null && problems.isEmpty()) {
            problems.addAll(attachment(
                    target, spec.scenes().isEmpty() ? null : spec.scenes().getFirst()));
        }
        return problems;
    }

    private List<String> attachment(String target, @Nullable String scene) throws IOException {
        if (target.endsWith(".prefab")) {
            return Files.isRegularFile(project.resolve(target))
                    ? List.of()
                    : List.of("The prefab " + target + " does not exist.");
        }
        if (scene == null) {
            return List.of("The GameObject " + target + " needs a scene to be found in; name scenes.");
        }
        String name = target.substring(target.lastIndexOf('/') + 1);
        Pattern object = Pattern.compile("(?m)^\\s*m_Name:\\s*['\"]?" + Pattern.quote(name) + "['\"]?\\s*$");
        return object.matcher(source(project.resolve(scene))).find()
                ? List.of()
                : List.of("The scene " + scene + " has no GameObject " + target + ".");
    }

    private List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(project.resolve("Assets"))) {
            return files.filter(file -> file.toString().endsWith(".cs"))
                    .sorted()
                    .toList();
        }
    }

    /** C# sources may hold any bytes; what is no UTF-8 becomes a mark and hides no brace. */
    private static String source(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static boolean isJson(Path file) throws IOException {
        try {
            return JsonParser.parseString(source(file)).isJsonObject();
        } catch (JsonParseException damaged) {
            return false;
        }
    }
}
