package dev.unitymlops.stage.artifacts;

import dev.unitymlops.runtime.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.ProviderNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a service's artifact store is.
 *
 * @param root path or URI
 * @param allowedRoots further ones that a job's output_dir may name
 * @param gcsEndpoint where Cloud Storage is called; null: at Google
 */
public record ArtifactSettings(
        String root, List<String> allowedRoots, @Nullable String gcsEndpoint) {

    private static final String BUCKETS = "gs://";

    public ArtifactSettings {
        allowedRoots = List.copyOf(allowedRoots);
    }

    public static ArtifactSettings from(Settings.Reader s) {
        ArtifactSettings settings = new ArtifactSettings(
                s.key("artifacts.root", "Root of the artifact store: a path, or gs://bucket/folder.")
                        .text("artifacts"),
                s.key("artifacts.allowed-roots", "Further roots that a job's output_dir may name.")
                        .list(List.of()),
                s.key("gcs.endpoint", "Cloud Storage's address; http:// sends no credentials.")
                        .optionalText());
        try {
            settings.store();
        } catch (IllegalArgumentException e) {
            s.problem(
                    "artifacts.root",
                    settings.root,
                    "cannot be the store, nor can what artifacts.allowed-roots and gcs.endpoint say: " + e.getMessage(),
                    "write a folder or gs://bucket/folder, and an endpoint as https://host:port");
        }
        return settings;
    }

    /** Whether the root is on a disk of this machine, so that there are locks and renames. */
    public boolean onDisk() {
        return store().root().getFileSystem().equals(FileSystems.getDefault());
    }

    /**
     * The store. Nothing is called yet.
     *
     * @throws IllegalArgumentException when a root is no place, or the endpoint no address
     */
    public ArtifactStore store() {
        String endpoint = gcsEndpoint;
        if (endpoint != null) {
            Stream.concat(Stream.of(root), allowedRoots.stream())
                    .filter(place -> place.startsWith(BUCKETS))
                    .forEach(place -> open(URI.create(place), endpoint));
        }
        return ArtifactStore.at(root, allowedRoots);
    }

    /** For this whole process: paths in events are URIs, and know nothing of an endpoint. */
    private static void open(URI place, String endpoint) {
        URI bucket = URI.create(BUCKETS + place.getRawAuthority());
        try {
            FileSystems.newFileSystem(bucket, Map.of("endpoint", endpoint));
        } catch (FileSystemAlreadyExistsException e) {
            // Another service of this process has opened it, with the same settings.
        } catch (ProviderNotFoundException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
