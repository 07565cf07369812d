package dev.unitymlops.stage.artifacts;

import dev.unitymlops.events.ArtifactFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file below a folder of the store, as {@code result.json} and {@code manifest.json} name it.
 *
 * @param path relative to that folder, with {@code /}
 * @param sha256 64 lower-case hexadecimal digits
 */
record StoredFile(String path, String sha256, long sizeBytes) {

    static StoredFile of(ArtifactFile file, Path folder) {
        Path path = ArtifactFiles.pathOf(file.getUri());
        return new StoredFile(slashed(folder.relativize(path)), file.getSha256(), file.getSizeBytes());
    }

    ArtifactFile in(Path folder) {
        return new ArtifactFile(folder.resolve(path).toUri().toString(), sha256, sizeBytes);
    }

    /** Whether the folder holds this file with this content; a path that leads out of the folder is never true. */
    boolean isTrueIn(Path folder) throws IOException {
        Path file = folder.resolve(path).normalize();
        try {
            return file.startsWith(folder.normalize())
                    && Files.size(file) == sizeBytes
                    && Digested.of(file).sha256().equals(sha256);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    static String slashed(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }
}
