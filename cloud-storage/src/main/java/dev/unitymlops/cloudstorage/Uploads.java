package dev.unitymlops.cloudstorage;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uploads files: each is there whole or not at all, and the same file there already is not uploaded again. A broken
 * connection is taken up where it broke. Files are read as they are sent, so no upload holds a file's content in memory.
 * Thread-safe.
 */
public final class Uploads {

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final int PRECONDITION_FAILED = 412;

    /** Files up to this size, in bytes, go up with one call; larger ones in two, of which the second can be resumed. */
    private static final int ONE_CALL = 256 << 10;

    private final Storage storage;

    public Uploads(Storage storage) {
        this.storage = storage;
    }

    /** What is done where another file has the name. */
    public enum Other {
        REFUSE,
        REPLACE
    }

    /**
     * Returns when an object with the file's size and CRC32C has the name.
     *
     * @throws FileAlreadyExistsException when another file has it and is not to be replaced; its reason names both
     * @throws IOException when the file cannot be read, or what arrived is not what was sent
     * @throws StorageException when Cloud Storage refuses it; what may help was tried again by then
     */
    public void put(Path file, BlobId target, Other other) throws IOException {
        BlobInfo wanted =
                BlobInfo.newBuilder(target).setCrc32c(Crc32c.of(file).text()).build();
        long size = Files.size(file);
        Blob there = storage.get(target);
        if (there != null && isSame(there, wanted, size)) {
            LOG.info("A file is in the bucket already uri={}", target.toGsUtilUri());
            return;
        }
        if (there != null && other == Other.REFUSE) {
            throw taken(wanted, size, there);
        }
        Blob created = create(wanted, file, there);
        if (created == null) {
            throw new IOException(target.toGsUtilUri() + " vanished while it was uploaded");
        }
        if (!isSame(created, wanted, size)) {
            throw taken(wanted, size, created);
        }
    }

    /**
     * Puts a small file that is on no disk, unless some object has the name, which stays as it is. Returns false when
     * the service says that one has it: that may also be this one, by a call whose answer was lost.
     */
    public boolean putIfAbsent(byte[] content, BlobId target) throws IOException {
        BlobInfo wanted = BlobInfo.newBuilder(target)
                .setCrc32c(new Crc32c().update(ByteBuffer.wrap(content)).text())
                .build();
        try {
            Blob created = storage.createFrom(
                    wanted,
                    new ByteArrayInputStream(content),
                    ONE_CALL,
                    BlobWriteOption.doesNotExist(),
                    BlobWriteOption.crc32cMatch());
            return created != null;
        } catch (StorageException e) {
            if (e.getCode() != PRECONDITION_FAILED) {
                throw e;
            }
            return false;
        }
    }

    /** Creates it only while there is what was there before, so that a repeated request is no second one. */
    private @Nullable Blob create(BlobInfo wanted, Path file, @Nullable Blob before) throws IOException {
        BlobWriteOption asBefore = before == null
                ? BlobWriteOption.doesNotExist()
                : BlobWriteOption.generationMatch(before.getGeneration());
        try {
            return storage.createFrom(wanted, file, ONE_CALL, asBefore, BlobWriteOption.crc32cMatch());
        } catch (StorageException e) {
            if (e.getCode() != PRECONDITION_FAILED) {
                throw e;
            }
            // Somebody was faster, or the answer to our own call was lost: what is there now tells.
            return storage.get(wanted.getBlobId());
        }
    }

    private static boolean isSame(Blob there, BlobInfo wanted, long size) {
        return wanted.getCrc32c().equals(there.getCrc32c()) && there.getSize() == size;
    }

    private static FileAlreadyExistsException taken(BlobInfo wanted, long size, Blob there) {
        return new FileAlreadyExistsException(
                wanted.getBlobId().toGsUtilUri(),
                null,
                "another file has this name: expected crc32c %s (%d bytes), found %s (%d bytes)"
                        .formatted(wanted.getCrc32c(), size, there.getCrc32c(), there.getSize()));
    }
}
