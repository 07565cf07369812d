package dev.unitymlops.cli.unity;

import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.registry.onnx.ModelSpaces;
import dev.unitymlops.registry.registration.RegisteredVersion;
import dev.unitymlops.registry.registration.RegistryJson;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts a version into {@code Assets/GeneratedMLOps/<asset id>/}, where build-service puts the behaviour's script: the
 * model, a note of its origin, and a {@code .meta} for both.
 */
public final class ExportModel {
    private static final String ENDING = ".onnx";

    private final UnityProject project;
    private final Consumer<String> tell;

    /** @param tell is told what could not be found out */
    public ExportModel(UnityProject project, Consumer<String> tell) {
        this.project = project;
        this.tell = tell;
    }

    /** Brings the version's file. */
    @FunctionalInterface
    public interface Fetch {
        /**
         * Writes the file.
         *
         * @param to does not exist
         */
        void to(Path to) throws InterruptedException;
    }

    /**
     * Exports it, over an earlier version of it.
     *
     * @param registry its word
     * @throws Refused when that would leave the project
     */
    public ExportedModel export(String registry, RegisteredVersion version, Fetch fetch)
            throws IOException, InterruptedException {
        List<String> folders =
                List.of("Assets", "GeneratedMLOps", version.parent().assetId());
        Path folder = project.folder(folders);
        String behavior = version.parent().behavior();
        requireName(behavior);
        Path model = folder.resolve(behavior + ENDING);
        Path note = folder.resolve(behavior + ".origin.json");
        String place = String.join("/", folders) + "/";

        boolean changed = !isThere(model, version.file().sha256());
        ModelSpaces spaces = changed ? replace(model, fetch, place) : spaces(model);
        String guid = MetaFile.guidOf(model, place + model.getFileName());
        WholeAsset.write(note, RegistryJson.bytes(Origin.of(registry, version)));
        String unused = MetaFile.guidOf(note, place + note.getFileName());
        return new ExportedModel(
                registry,
                version.parent().name(),
                version.version(),
                version.file().sha256(),
                place + model.getFileName(),
                guid,
                changed,
                Stream.of(model, note)
                        .map(Path::getFileName)
                        .flatMap(file -> Stream.of(place + file, place + file + ".meta"))
                        .toList(),
                BehaviorParameters.of(place + model.getFileName(), behavior, spaces));
    }

    private static void requireName(String behavior) {
        if (behavior.matches(".*[/\\\\].*|\\..*")) {
            throw new Refused("'" + behavior + "' cannot name an asset of a Unity project.");
        }
    }

    private static boolean isThere(Path model, String sha256) throws IOException {
        return Files.isRegularFile(model)
                && !Files.isSymbolicLink(model)
                && ArtifactFiles.describe(model).getSha256().equals(sha256);
    }

    /** The GUID is there before the asset, so that no editor that is open gives it another. */
    private @Nullable ModelSpaces replace(Path model, Fetch fetch, String place)
            throws IOException, InterruptedException {
        Path draft = WholeAsset.draftOf(model);
        try {
            fetch.to(draft);
            ModelSpaces spaces = spaces(draft);
            String unused = MetaFile.guidOf(model, place + model.getFileName());
            WholeAsset.publish(draft, model);
            return spaces;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** One that was trained by an own command need not answer as those of ML-Agents do. */
    private @Nullable ModelSpaces spaces(Path model) {
        try {
            return ModelSpaces.read(model);
        } catch (IOException e) {
            tell.accept("Its spaces could not be found out: " + e.getMessage());
            return null;
        }
    }
}
