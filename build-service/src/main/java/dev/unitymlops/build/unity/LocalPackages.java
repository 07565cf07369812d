package dev.unitymlops.build.unity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Packages that a manifest takes from a folder: {@code file:../x} is relative to Packages and leads elsewhere in a copy. */
final class LocalPackages {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANIFEST = "Packages/manifest.json";
    private static final String FILE = "file:";

    private final Path project;

    LocalPackages(Path project) {
        this.project = project;
    }

    /** Whether any package comes from a folder. */
    boolean any() throws IOException {
        Path manifest = project.resolve(MANIFEST);
        return Files.isRegularFile(manifest)
                && JSON.readTree(Files.readString(manifest)).path("dependencies").properties().stream()
                        .anyMatch(dependency -> dependency.getValue().asText().startsWith(FILE));
    }

    /** Rewrites relative folders in the copy's manifest to the project's absolute ones. */
    void pinIn(Path copy) throws IOException {
        Path manifest = project.resolve(MANIFEST);
        if (!Files.isRegularFile(manifest)) {
            return;
        }
        JsonNode tree = JSON.readTree(Files.readString(manifest));
        if (tree.get("dependencies") instanceof ObjectNode dependencies && pin(dependencies)) {
            Files.writeString(
                    copy.resolve(MANIFEST),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree));
        }
    }

    private boolean pin(ObjectNode dependencies) {
        boolean changed = false;
        for (Map.Entry<String, JsonNode> dependency : dependencies.properties()) {
            String version = dependency.getValue().asText();
            if (version.startsWith(FILE)
                    && !Path.of(version.substring(FILE.length())).isAbsolute()) {
                Path folder = project.resolve("Packages").resolve(version.substring(FILE.length()));
                dependency.setValue(dependencies.textNode(
                        FILE + folder.normalize().toString().replace('\\', '/')));
                changed = true;
            }
        }
        return changed;
    }
}
