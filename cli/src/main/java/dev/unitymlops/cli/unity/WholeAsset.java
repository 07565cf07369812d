package dev.unitymlops.cli.unity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** Files of a project that an open editor may import at any moment: it sees the old one or the whole new one. */
final class WholeAsset {
    private WholeAsset() {}

    /** A name beside the file that Unity does not import: it passes over what begins with a dot. */
    static Path draftOf(Path file) {
        return file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".draft");
    }

    /** Gives a draft its name; a symbolic link of that name is replaced, not followed. */
    static void publish(Path draft, Path file) throws IOException {
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes a file, unless it is there already: Unity imports again what was touched. */
    static void write(Path file, byte[] content) throws IOException {
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Path draft = draftOf(file);
        try {
            publish(Files.write(draft, content), file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
