package dev.unitymlops.build.unity;

import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.artifacts.KeepFiles;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where everything of an attempt lies. Outside programs need local files, so with an artifact store that is no local
 * folder they are written to the scratch folder first and {@link #publish() copied} afterwards.
 *
 * @param folder the attempt's folder in the artifact store
 * @param local where outside programs read and write
 * @param scratch deleted after the attempt
 * @param className name of the script without its ending
 * @param player what Unity is to build
 */
public record BuildFiles(Path folder, Path local, Path scratch, String className, PlayerName player) {

    static BuildFiles of(Attempt attempt, String className, PlayerName player) {
        Path folder = attempt.folder().toAbsolutePath().normalize();
        Path scratch = attempt.scratch().toAbsolutePath().normalize();
        boolean isLocal = folder.getFileSystem().equals(FileSystems.getDefault());
        return new BuildFiles(folder, isLocal ? folder : scratch.resolve("files"), scratch, className, player);
    }

    public Path generated() {
        return local.resolve("generated");
    }

    public Path script() {
        return generated().resolve(className + ".cs");
    }

    public Path assetSpec() {
        return generated().resolve("asset_spec.json");
    }

    /** What stands for the script where a dry run does not fetch it. */
    public Path behaviourSource() {
        return generated().resolve("behaviour_source.json");
    }

    /** What the editor build method is asked for. */
    public Path spec() {
        return generated().resolve("spec.json");
    }

    public Path commands() {
        return local.resolve("commands.json");
    }

    /** What Unity writes to {@code -logFile}. */
    public Path log() {
        return local.resolve("unity.log");
    }

    /** What the outside program writes to its standard output and error. */
    public Path console() {
        return local.resolve("console.log");
    }

    /** The folder that is archived. */
    public Path playerFolder() {
        return scratch.resolve("player");
    }

    /** What Unity writes to {@code -buildOutput}. */
    public Path playerFile() {
        return playerFolder().resolve(player.file());
    }

    public Path archive() {
        return local.resolve("player.tar.gz");
    }

    /** A local file as it is named in the artifact store. */
    public Path stored(Path localFile) {
        return folder.resolve(local.relativize(localFile).toString());
    }

    /** Makes what was written locally part of the artifact store. */
    public void publish() throws IOException, InterruptedException {
        if (!local.equals(folder)) {
            KeepFiles.all(files().stream()
                    .map(file -> new KeepFiles.Kept(file, stored(file)))
                    .toList());
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> tree = Files.walk(local)) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }
}
