package dev.unitymlops.simulated.editor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the real editor stumbles over before it calls the build method, found by reading the project's files. */
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

    private List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(project.resolve("Assets"))) {
            return files.filter(file -> file.toString().endsWith(".cs"))
                    .sorted()
                    .toList();
        }
    }

    /** C# sources may hold any bytes; what is no UTF-8 becomes a mark and hides no brace. */
    static String source(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
