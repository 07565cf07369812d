package dev.unitymlops.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.unitymlops.cli.terminal.Json;
import dev.unitymlops.runtime.Unreachable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** {@code connection.json} in the data folder: written by {@code mlops up} when it serves, removed when it stops. */
public final class ConnectionFile {
    private final Path file;

    public ConnectionFile(Path dataDir) {
        this.file = dataDir.resolve("connection.json");
    }

    /** Replaces the whole file at once, so that nobody reads half of it. */
    public void write(Connection connection) throws IOException {
        Path written = Files.writeString(file.resolveSibling("connection.json.new"), Json.line(connection) + "\n");
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /**
     * The platform that runs on this folder; empty when there is no file.
     *
     * @throws Unreachable when the platform that wrote the file does not run any more
     */
    public Optional<Connection> read() throws IOException {
        Optional<Connection> written = written();
        if (written.isPresent() && !written.get().alive()) {
            throw new Unreachable(
                    "The platform that wrote " + file + " (process "
                            + written.get().pid()
                            + ") does not run any more; start it again with `mlops up`, which goes on with its data.",
                    null);
        }
        return written;
    }

    /** What the last platform on this folder wrote, whether it still runs or was killed. */
    public Optional<Connection> written() throws IOException {
        try {
            return Optional.of(Json.read(Files.readString(file), Connection.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is damaged (" + e.getOriginalMessage() + "); `mlops up` writes it anew", e);
        }
    }
}
