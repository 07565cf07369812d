package dev.unitymlops.build.unity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts into a project what the editor needs besides the project: the build method, the agent's script and its description. */
final class EditorSources {

    /** Folder in the project by resource: Unity compiles Assets/Editor into the editor only, the rest into the player. */
    private static final Map<String, String> FOLDERS =
            Map.of("editor", "Assets/Editor/UnityMlops", "runtime", "Assets/UnityMlops");

    private static final Map<String, List<String>> SOURCES = Map.of(
            "editor",
            List.of(
                    "TrainingBuild.cs",
                    "BuildSpec.cs",
                    "AgentPlacement.cs",
                    "AgentDress.cs",
                    "SensorDress.cs",
                    "GeneratedScene.cs"),
            "runtime",
            List.of("CountingGridSensorComponent.cs"));

    private EditorSources() {}

    static void placeIn(Path project, BuildOrder order) throws IOException {
        for (Map.Entry<String, List<String>> kind : SOURCES.entrySet()) {
            Path folder = Files.createDirectories(project.resolve(FOLDERS.getOrDefault(kind.getKey(), "Assets")));
            for (String name : kind.getValue()) {
                copyResource(kind.getKey() + "/" + name, folder.resolve(name));
            }
        }
        Path folder = Files.createDirectories(project.resolve(order.assetFolder()));
        for (Path file : List.of(order.files().script(), order.files().assetSpec())) {
            Files.copy(file, folder.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** One hash over the sources that are the same for every job. */
    static String digest() throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (Map.Entry<String, List<String>> kind : SOURCES.entrySet()) {
            for (String name : kind.getValue()) {
                try (InputStream source = resource(kind.getKey() + "/" + name)) {
                    digests.put(name, Sha256.of(new String(source.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
        }
        return Sha256.of(digests.toString());
    }

    private static InputStream resource(String name) {
        InputStream source = EditorSources.class.getResourceAsStream(name);
        if (source == null) {
            throw new IllegalStateException("the jar lacks its resource " + name);
        }
        return source;
    }

    private static void copyResource(String name, Path target) throws IOException {
        try (InputStream source = resource(name)) {
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
