package dev.unitymlops.cloudstorage;

import com.google.cloud.WriteChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * An object that is written: with one call when it is small, else chunk by chunk. It is there, whole, once this is
 * closed; after a failed write, or when this is never closed, it never is. One thread at a time.
 */
final class WriteObject implements SeekableByteChannel {

    private final Bucket bucket;
    private final String object;
    private final boolean onlyNew;
    private final Crc32c crc = new Crc32c();
    private ByteBuffer chunk = ByteBuffer.allocate(8 << 10);
    private @Nullable WriteChannel upload;
    private long size;
    private boolean open = true;
    private boolean failed;

    WriteObject(Bucket bucket, String object, boolean onlyNew) {
        this.bucket = bucket;
        this.object = object;
        this.onlyNew = onlyNew;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
        int written = from.remaining();
        crc.update(from);
        size += written;
        failed = true;
        while (from.hasRemaining()) {
            makeRoom(from.remaining());
            int part = Math.min(from.remaining(), chunk.remaining());
            chunk.put(from.slice().limit(part));
            from.position(from.position() + part);
        }
        failed = false;
        return written;
    }

    /** Grows up to a chunk; a chunk that is full goes up. */
    private void makeRoom(int wanted) throws IOException {
        if (chunk.remaining() >= wanted) {
            return;
        }
        if (chunk.capacity() < Bucket.CHUNK) {
            int enough = Math.max(2 * chunk.capacity(), chunk.position() + wanted);
            chunk = ByteBuffer.allocate(Math.min(Bucket.CHUNK, enough)).put(chunk.flip());
        }
        if (!chunk.hasRemaining()) {
            send();
        }
    }

    private void send() throws IOException {
        WriteChannel to = upload == null ? bucket.write(object, onlyNew) : upload;
        upload = to;
        chunk.flip();
        while (chunk.hasRemaining()) {
            bucket.call(object, storage -> to.write(chunk));
        }
        chunk.clear();
    }

    @Override
    public void close() throws IOException {
        if (!open) {
            return;
        }
        open = false;
        if (failed) {
            return;
        }
        if (upload == null) {
            bucket.put(object, chunk.flip(), onlyNew);
        } else {
            send();
            finish(upload);
        }
    }

    private void finish(WriteChannel to) throws IOException {
        bucket.call(object, storage -> {
            to.close();
            return object;
        });
        ObjectFacts there =
                bucket.facts(object).orElseThrow(() -> new IOException(object + " vanished while it was written"));
        if (there.size() != size || !there.crc32c().equals(crc.text())) {
            throw new IOException("%s is not what was written: expected crc32c %s (%d bytes), found %s (%d bytes)"
                    .formatted(object, crc.text(), size, there.crc32c(), there.size()));
        }
    }

    @Override
    public long position() {
        return size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public int read(ByteBuffer into) {
        throw new NonReadableChannelException();
    }

    @Override
    public WriteObject position(long to) {
        throw new UnsupportedOperationException("an object is written from its beginning to its end");
    }

    @Override
    public WriteObject truncate(long to) {
        throw new UnsupportedOperationException("an object is written from its beginning to its end");
    }
}
