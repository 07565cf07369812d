package dev.unitymlops.build.unity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.stage.artifacts.PlayerArchive;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the players of earlier builds are, by fingerprint: one small file each, which only points at the archive. */
public final class EarlierBuilds {

    private static final Logger LOG = LoggerFactory.getLogger(EarlierBuilds.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /** Pointers below a folder, which is made when needed. */
    public EarlierBuilds(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Those of a build host. */
    public static EarlierBuilds in(Path workDir) {
        return new EarlierBuilds(workDir.resolve("builds"));
    }

    /** When the archive of each was last made or taken, by its URI. */
    public Map<String, Instant> uses() throws IOException {
        Map<String, Instant> uses = new HashMap<>();
        try (DirectoryStream<Path> pointers = Files.newDirectoryStream(folder, "*.json")) {
            for (Path pointer : pointers) {
                Instant used = Files.getLastModifiedTime(pointer).toInstant();
                uses.merge(
                        JSON.readTree(Files.readString(pointer)).path("uri").asText(),
                        used,
                        (one, other) -> one.isAfter(other) ? one : other);
            }
        } catch (NoSuchFileException nobodyHasBuilt) {
            return Map.of();
        }
        return uses;
    }

    /**
     * Puts the player of a committed build with this fingerprint where a new build would; false when there is none. An
     * archive that is gone or is not what it was counts as none.
     */
    boolean restore(String fingerprint, BuildFiles files) throws IOException {
        Path pointer = pointer(fingerprint);
        if (!Files.isRegularFile(pointer)) {
            return false;
        }
        JsonNode at = JSON.readTree(Files.readString(pointer));
        ArtifactFile archive = new ArtifactFile(
                at.path("uri").asText(),
                at.path("sha256").asText(),
                at.path("size_bytes").asLong());
        try {
            Path earlier = ArtifactFiles.pathOf(archive.getUri());
            if (!Files.exists(earlier.resolveSibling("result.json"))) {
                return false;
            }
            Path copy = ArtifactFiles.fetch(archive, files.scratch().resolve("earlier.tar.gz"));
            PlayerArchive.unpack(copy, files.playerFolder());
            // The time of the pointer says when the archive was last of use.
            write(pointer, archive);
            LOG.info("The player of an earlier build is taken archive={}", archive.getUri());
            return true;
        } catch (IOException gone) {
            LOG.info("An earlier build is not to be had, so the player is built anew reason=\"{}\"", gone.toString());
            return false;
        }
    }

    /** Remembers what a build has made. */
    public void remember(String fingerprint, ArtifactFile archive) throws IOException {
        Files.createDirectories(folder);
        write(pointer(fingerprint), archive);
    }

    private void write(Path to, ArtifactFile archive) throws IOException {
        ObjectNode pointer = JSON.createObjectNode();
        pointer.put("uri", archive.getUri());
        pointer.put("sha256", archive.getSha256());
        pointer.put("size_bytes", archive.getSizeBytes());
        Path whole = Files.createTempFile(folder, "pointer", ".part");
        Files.writeString(whole, pointer.toPrettyString());
        Files.move(whole, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path pointer(String fingerprint) {
        return folder.resolve(fingerprint + ".json");
    }
}
