package dev.unitymlops.registry.vertex;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import dev.unitymlops.cloudstorage.Uploads;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Files in Cloud Storage: each uploaded once, whole or not at all, and {@value #AT_ONCE} going up or down at most,
 * whatever the number of registrations. Thread-safe.
 */
final class StagingBucket {

    /** More of them share the same line; each holds a connection and its buffers. */
    private static final int AT_ONCE = 8;

    private static final int NOT_FOUND = 404;

    private final Storage storage;
    private final Uploads uploads;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    StagingBucket(Storage storage) {
        this.storage = storage;
        this.uploads = new Uploads(storage);
    }

    /**
     * Puts the file there, unless the same one is there already, and returns its {@code gs://} URI.
     *
     * @throws StageFailure when Cloud Storage refuses it, or another file has its name
     */
    String put(Path file, BucketFolder folder, String name) throws StageFailure, IOException, InterruptedException {
        BlobId target = id(folder, name);
        try {
            return inTurn(folder.bucket(), () -> {
                uploads.put(file, target, Uploads.Other.REFUSE);
                return target.toGsUtilUri();
            });
        } catch (FileAlreadyExistsException e) {
            throw StageFailure.infrastructure(e.getMessage() + "; delete it").because(e);
        }
    }

    /** Puts a small file there, unless some file has the name already; that one stays as it is. */
    void keep(byte[] content, BucketFolder folder, String name) throws StageFailure, IOException, InterruptedException {
        boolean unused = inTurn(folder.bucket(), () -> uploads.putIfAbsent(content, id(folder, name)));
    }

    /** The content of a small file; empty when there is none of that name. */
    Optional<byte[]> read(BucketFolder folder, String name) throws StageFailure, IOException, InterruptedException {
        return inTurn(folder.bucket(), () -> {
            try {
                return Optional.of(storage.readAllBytes(id(folder, name)));
            } catch (StorageException e) {
                if (e.getCode() != NOT_FOUND) {
                    throw e;
                }
                return Optional.empty();
            }
        });
    }

    /**
     * Copies a file to the local disk, where it appears whole or not at all.
     *
     * @param uri {@code gs://...}
     * @throws IOException when it has another SHA-256
     */
    void fetch(String uri, String sha256, Path to) throws StageFailure, IOException, InterruptedException {
        BlobId blob = BlobId.fromGsUtilUri(uri);
        Path part = to.resolveSibling(to.getFileName() + ".part");
        try {
            Path fetched = inTurn(blob.getBucket(), () -> {
                storage.downloadTo(blob, part);
                return part;
            });
            String found = ArtifactFiles.describe(fetched).getSha256();
            if (!found.equals(sha256)) {
                throw new IOException(uri + " has sha256 " + found + ", not " + sha256);
            }
            Path unused = Files.move(fetched, to);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static BlobId id(BucketFolder folder, String name) {
        return BlobId.of(folder.bucket(), folder.prefix() + name);
    }

    private interface Transfer<T> {
        T run() throws IOException;
    }

    private <T> T inTurn(String bucket, Transfer<T> transfer) throws StageFailure, IOException, InterruptedException {
        turns.acquire();
        try {
            return transfer.run();
        } catch (StorageException e) {
            if (Thread.interrupted() || e.getCause() instanceof InterruptedException) {
                throw (InterruptedException) new InterruptedException("while calling Cloud Storage").initCause(e);
            }
            throw StorageStatus.failure(bucket, e);
        } finally {
            turns.release();
        }
    }
}
