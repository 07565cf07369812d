package dev.unitymlops.stage.artifacts;

import dev.unitymlops.events.ArtifactFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files as events name them: by URI, SHA-256 and size. Contents are streamed, never held in memory. */
public final class ArtifactFiles {

    private ArtifactFiles() {}

    /**
     * Reads the file once and says what it is; its URI is absolute ({@code file:///...} on a local disk).
     *
     * @throws IOException when it cannot be read
     */
    public static ArtifactFile describe(Path file) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        Digested digested = Digested.of(absolute);
        return new ArtifactFile(absolute.toUri().toString(), digested.sha256(), digested.sizeBytes());
    }

    /**
     * Copies a finished file to its place in the store, replacing what is there, and says what it is there. Where the
     * store is a bucket, this is a resumable upload that is left out when the same file is there already.
     *
     * @param file on a disk; nobody writes to it any more
     * @throws IOException when it cannot be read or stored
     */
    public static ArtifactFile keep(Path file, Path stored) throws IOException {
        Files.createDirectories(stored.toAbsolutePath().getParent());
        stored.getFileSystem().provider().copy(file, stored, StandardCopyOption.REPLACE_EXISTING);
        Digested digested = Digested.of(file);
        return new ArtifactFile(
                stored.toAbsolutePath().normalize().toUri().toString(), digested.sha256(), digested.sizeBytes());
    }

    /**
     * Copies the file that an event names to {@code target}, replacing it, and returns {@code target}. The target
     * appears only when size and SHA-256 are those of the event.
     *
     * @throws IOException when it cannot be read or is not what the event says, naming the URI and both hashes
     */
    public static Path fetch(ArtifactFile file, Path target) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Digested found;
            try (OutputStream out = Files.newOutputStream(part)) {
                found = Digested.copy(pathOf(file.getUri()), out);
            }
            verify(file, found);
            return Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The path behind an absolute URI of an event. */
    public static Path pathOf(String uri) {
        return Path.of(URI.create(uri));
    }

    private static void verify(ArtifactFile expected, Digested found) throws IOException {
        if (!found.sha256().equals(expected.getSha256()) || found.sizeBytes() != expected.getSizeBytes()) {
            throw new IOException(
                    "%s is not the file that the event names: expected sha256 %s (%d bytes), found %s (%d bytes)"
                            .formatted(
                                    expected.getUri(),
                                    expected.getSha256(),
                                    expected.getSizeBytes(),
                                    found.sha256(),
                                    found.sizeBytes()));
        }
    }
}
