package dev.unitymlops.cloudstorage;

import com.google.cloud.ReadChannel;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls to one bucket. Whatever goes wrong is an {@link IOException}, so that nobody takes a bucket that does not
 * answer for one that has no such object. Thread-safe.
 */
final class Bucket {

    /** Of what channels read and write, in bytes: what each open one holds in memory. */
    static final int CHUNK = 2 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Bucket.class);

    private final String name;
    private final Supplier<Storage> opens;
    private @Nullable Storage client;
    private boolean closed;

    /** @param opens called at the first call to the bucket, because it reads credentials */
    Bucket(String name, Supplier<Storage> opens) {
        this.name = name;
        this.opens = opens;
    }

    String name() {
        return name;
    }

    synchronized boolean isOpen() {
        return !closed;
    }

    synchronized void close() {
        closed = true;
        if (client != null) {
            try {
                client.close();
            } catch (Exception e) {
                LOG.warn("A client of Cloud Storage could not be closed bucket={}", name, e);
            }
        }
    }

    Optional<ObjectFacts> facts(String object) throws IOException {
        return call(
                object,
                storage -> Optional.ofNullable(storage.get(BlobId.of(name, object)))
                        .map(ObjectFacts::of));
    }

    /** The names right below a prefix, those of folders without their slash. */
    List<String> children(String prefix) throws IOException {
        return call(prefix, storage -> {
            List<String> children = new ArrayList<>();
            for (Blob found : storage.list(name, BlobListOption.prefix(prefix), BlobListOption.currentDirectory())
                    .iterateAll()) {
                String child = found.getName().substring(prefix.length());
                if (!child.isEmpty()) {
                    children.add(child.endsWith("/") ? child.substring(0, child.length() - 1) : child);
                }
            }
            return children;
        });
    }

    /** Whether any object's name begins so. */
    boolean anyBelow(String prefix) throws IOException {
        return call(
                prefix,
                storage -> storage.list(name, BlobListOption.prefix(prefix), BlobListOption.pageSize(1))
                        .iterateAll()
                        .iterator()
                        .hasNext());
    }

    /** Reads exactly the content that the facts are of: once the object is replaced, reading fails. */
    ReadChannel read(String object, ObjectFacts facts) throws IOException {
        return call(object, storage -> {
            ReadChannel channel =
                    storage.reader(BlobId.of(name, object), BlobSourceOption.generationMatch(facts.generation()));
            channel.setChunkSize(CHUNK);
            return channel;
        });
    }

    /**
     * Puts a small object with one call, which its client sends with the content's checksums.
     *
     * @param onlyNew fails when there is one
     * @throws FileAlreadyExistsException when there is one that was not created by this very call
     */
    void put(String object, ByteBuffer content, boolean onlyNew) throws IOException {
        String creation = UUID.randomUUID().toString();
        BlobInfo wanted = BlobInfo.newBuilder(name, object)
                .setMetadata(Map.of(ObjectFacts.CREATION, creation))
                .build();
        try {
            call(
                    object,
                    storage -> storage.create(
                            wanted,
                            content.array(),
                            content.arrayOffset() + content.position(),
                            content.remaining(),
                            targetOptions(onlyNew)));
        } catch (FileAlreadyExistsException e) {
            if (!creation.equals(facts(object).map(ObjectFacts::creation).orElse(""))) {
                throw e;
            }
        }
    }

    private static BlobTargetOption[] targetOptions(boolean onlyNew) {
        return onlyNew ? new BlobTargetOption[] {BlobTargetOption.doesNotExist()} : new BlobTargetOption[0];
    }

    /** Begins an upload of unknown length; no object is there before the channel is closed. */
    WriteChannel write(String object, boolean onlyNew) throws IOException {
        BlobInfo wanted = BlobInfo.newBuilder(name, object).build();
        return call(object, storage -> {
            WriteChannel channel =
                    onlyNew ? storage.writer(wanted, BlobWriteOption.doesNotExist()) : storage.writer(wanted);
            channel.setChunkSize(CHUNK);
            return channel;
        });
    }

    void upload(Path file, String object, Uploads.Other other) throws IOException {
        call(object, storage -> {
            new Uploads(storage).put(file, BlobId.of(name, object), other);
            return object;
        });
    }

    /** Copies an object within the bucket without fetching it. */
    void copy(String from, String to, boolean onlyNew) throws IOException {
        Storage.CopyRequest request = Storage.CopyRequest.newBuilder()
                .setSource(BlobId.of(name, from))
                .setTarget(BlobId.of(name, to), targetOptions(onlyNew))
                .build();
        call(to, storage -> storage.copy(request).getResult());
    }

    /** Whether there was one. */
    boolean delete(String object) throws IOException {
        return call(object, storage -> storage.delete(BlobId.of(name, object)));
    }

    /** A call to the client, whose failures become {@link IOException}s. */
    interface Call<T> {
        T on(Storage storage) throws IOException;
    }

    <T> T call(String object, Call<T> call) throws IOException {
        try {
            return call.on(client());
        } catch (StorageException e) {
            throw StorageFault.of(name, object, e);
        }
    }

    private synchronized Storage client() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (client == null) {
            client = opens.get();
        }
        return client;
    }
}
