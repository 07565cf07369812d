package dev.unitymlops.build.unity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.stage.artifacts.PlayerArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
            LOG.info("The player of an earlier build is taken archive={}", archive.getUri());
            return true;
        } catch (IOException gone) {
            LOG.info("An earlier build is not to be had, so the player is built anew reason=\"{}\"", gone.toString());
            return false;
        }
    }

    /** Remembers what a build has made. */
    public void remember(String fingerprint, ArtifactFile archive) throws IOException {
        ObjectNode pointer = JSON.createObjectNode();
        pointer.put("uri", archive.getUri());
        pointer.put("sha256", archive.getSha256());
        pointer.put("size_bytes", archive.getSizeBytes());
        Files.createDirectories(folder);
        Path whole = Files.createTempFile(folder, fingerprint, ".part");
        Files.writeString(whole, pointer.toPrettyString());
        Files.move(whole, pointer(fingerprint), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path pointer(String fingerprint) {
        return folder.resolve(fingerprint + ".json");
    }
}
