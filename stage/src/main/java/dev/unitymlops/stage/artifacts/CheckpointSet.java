package dev.unitymlops.stage.artifacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A complete set of checkpoint files in the store.
 *
 * @param name as it was published, for example {@code step-12000}
 * @param folder where its files are, under the relative paths they had when published
 * @param files relative paths, with {@code /}
 */
public record CheckpointSet(String name, Path folder, List<String> files) {

    public CheckpointSet {
        files = List.copyOf(files);
    }

    /** Copies the files below {@code target}, replacing what is there under the same paths. */
    public void restore(Path target) throws IOException {
        for (String file : files) {
            Path to = target.resolve(file);
            Files.createDirectories(to.toAbsolutePath().getParent());
            Files.copy(folder.resolve(file), to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
