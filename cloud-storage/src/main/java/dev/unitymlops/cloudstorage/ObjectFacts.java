package dev.unitymlops.cloudstorage;

import com.google.cloud.storage.Blob;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a bucket says of an object, or of a folder, which is there as long as objects are below it.
 *
 * @param sizeBytes 0 for a folder
 * @param generation which of the contents that the name has had; 0 for a folder
 * @param crc32c as Cloud Storage writes it; empty for a folder
 * @param creation tells which of our puts made it; empty for a folder and what others made
 */
record ObjectFacts(long sizeBytes, FileTime changed, long generation, String crc32c, String creation)
        implements BasicFileAttributes {

    /** Key of an object's metadata. It tells our own creation, whose answer was lost, from somebody else's. */
    static final String CREATION = "unity-mlops-creation";

    static final ObjectFacts FOLDER = new ObjectFacts(0, FileTime.from(Instant.EPOCH), 0, "", "");

    static ObjectFacts of(Blob blob) {
        return new ObjectFacts(
                blob.getSize(),
                FileTime.from(blob.getUpdateTimeOffsetDateTime().toInstant()),
                blob.getGeneration(),
                blob.getCrc32c(),
                blob.getMetadata() == null ? "" : blob.getMetadata().getOrDefault(CREATION, ""));
    }

    @Override
    public FileTime lastModifiedTime() {
        return changed;
    }

    @Override
    public FileTime lastAccessTime() {
        return changed;
    }

    @Override
    public FileTime creationTime() {
        return changed;
    }

    @Override
    public boolean isRegularFile() {
        return !isDirectory();
    }

    @Override
    public boolean isDirectory() {
        return generation == 0;
    }

    @Override
    public boolean isSymbolicLink() {
        return false;
    }

    @Override
    public boolean isOther() {
        return false;
    }

    @Override
    public long size() {
        return sizeBytes;
    }

    @Override
    public @Nullable Object fileKey() {
        return null;
    }
}
