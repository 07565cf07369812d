package dev.unitymlops.registry.vertex;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import dev.unitymlops.stage.StageFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
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

    /** The same of a small file that is no file yet. */
    String put(byte[] content, BucketFolder folder, String name)
            throws StageFailure, IOException, InterruptedException {
        String crc = crc32c(new ByteArrayInputStream(content));
        return put(() -> new ByteArrayInputStream(content), crc, content.length, folder, name);
    }

    private String put(Content content, String crc32c, long size, BucketFolder folder, String name)
            throws StageFailure, IOException, InterruptedException {
        BlobInfo wanted = BlobInfo.newBuilder(folder.bucket(), folder.prefix() + name)
                .setCrc32c(crc32c)
                .build();
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
            if (Thread.interrupted() || e.getCause() instanceof InterruptedException) {
                throw (InterruptedException) new InterruptedException("while calling Cloud Storage").initCause(e);
            }
            throw StorageStatus.failure(folder.bucket(), e);
        }
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
