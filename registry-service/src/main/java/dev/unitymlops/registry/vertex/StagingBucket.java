package dev.unitymlops.registry.vertex;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Uploads files to Cloud Storage: once each, whole or not at all. Memory: one chunk per upload. Thread-safe. */
final class StagingBucket {

    private static final Logger LOG = LoggerFactory.getLogger(StagingBucket.class);

    /** Of a resumable upload, in bytes: what a broken connection costs, and what is held in memory. */
    private static final int CHUNK = 2 << 20;

    private static final int READ = 64 << 10;
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_FOUND = 404;

    private final Storage storage;

    StagingBucket(Storage storage) {
        this.storage = storage;
    }

    /**
     * Puts the file there, unless the same one is there already, and returns its {@code gs://} URI.
     *
     * @throws StageFailure when Cloud Storage refuses it, or another file has its name
     */
    String put(Path file, BucketFolder folder, String name) throws StageFailure, IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(file)) {
            return put(() -> Files.newInputStream(file), crc32c(in), Files.size(file), folder, name);
        }
    }

    /** Puts a small file there, unless some file has the name already; that one stays as it is. */
    void keep(byte[] content, BucketFolder folder, String name) throws StageFailure, IOException, InterruptedException {
        BlobInfo wanted = info(folder, name, crc32c(new ByteArrayInputStream(content)));
        try {
            Blob unused = create(wanted, () -> new ByteArrayInputStream(content));
        } catch (StorageException e) {
            throw failure(folder.bucket(), e);
        }
    }

    /** The content of a small file; empty when there is none of that name. */
    Optional<byte[]> read(BucketFolder folder, String name) throws StageFailure, InterruptedException {
        try {
            return Optional.of(storage.readAllBytes(BlobId.of(folder.bucket(), folder.prefix() + name)));
        } catch (StorageException e) {
            if (e.getCode() != NOT_FOUND) {
                throw failure(folder.bucket(), e);
            }
            return Optional.empty();
        }
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
            storage.downloadTo(blob, part);
            String found = ArtifactFiles.describe(part).getSha256();
            if (!found.equals(sha256)) {
                throw new IOException(uri + " has sha256 " + found + ", not " + sha256);
            }
            Path unused = Files.move(part, to);
        } catch (StorageException e) {
            throw failure(blob.getBucket(), e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private String put(Content content, String crc32c, long size, BucketFolder folder, String name)
            throws StageFailure, IOException, InterruptedException {
        BlobInfo wanted = info(folder, name, crc32c);
        try {
            Blob there = storage.get(wanted.getBlobId());
            if (there == null) {
                there = create(wanted, content);
            } else {
                LOG.info(
                        "A file is in the bucket already uri={}",
                        wanted.getBlobId().toGsUtilUri());
            }
            requireSame(wanted, size, there);
            return wanted.getBlobId().toGsUtilUri();
        } catch (StorageException e) {
            throw failure(folder.bucket(), e);
        }
    }

    private static BlobInfo info(BucketFolder folder, String name, String crc32c) {
        return BlobInfo.newBuilder(folder.bucket(), folder.prefix() + name)
                .setCrc32c(crc32c)
                .build();
    }

    private static StageFailure failure(String bucket, StorageException e) throws InterruptedException {
        if (Thread.interrupted() || e.getCause() instanceof InterruptedException) {
            throw (InterruptedException) new InterruptedException("while calling Cloud Storage").initCause(e);
        }
        return StorageStatus.failure(bucket, e);
    }

    /** Opens a stream of its own each time. */
    private interface Content {
        InputStream open() throws IOException;
    }

    /** Creates it only while there is none, so that a repeated request is no second one. */
    private @Nullable Blob create(BlobInfo wanted, Content content) throws IOException {
        try (InputStream in = content.open()) {
            return storage.createFrom(
                    wanted, in, CHUNK, Storage.BlobWriteOption.doesNotExist(), Storage.BlobWriteOption.crc32cMatch());
        } catch (StorageException e) {
            if (e.getCode() != PRECONDITION_FAILED) {
                throw e;
            }
            return storage.get(wanted.getBlobId());
        }
    }

    private static void requireSame(BlobInfo wanted, long size, @Nullable Blob there) throws StageFailure {
        String uri = wanted.getBlobId().toGsUtilUri();
        if (there == null) {
            throw StageFailure.infrastructure(uri + " vanished while it was uploaded");
        }
        if (!wanted.getCrc32c().equals(there.getCrc32c()) || there.getSize() != size) {
            throw StageFailure.infrastructure(
                    "%s is not the file that was uploaded: expected crc32c %s (%d bytes), found %s (%d bytes); delete it"
                            .formatted(uri, wanted.getCrc32c(), size, there.getCrc32c(), there.getSize()));
        }
    }

    /** As Cloud Storage writes it: base64 of the big-endian value. */
    private static String crc32c(InputStream in) throws IOException {
        CRC32C crc = new CRC32C();
        byte[] buffer = new byte[READ];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            crc.update(buffer, 0, read);
        }
        byte[] value =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
        return Base64.getEncoder().encodeToString(value);
    }
}
