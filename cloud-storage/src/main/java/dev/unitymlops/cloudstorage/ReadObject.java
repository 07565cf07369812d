package dev.unitymlops.cloudstorage;

import com.google.cloud.ReadChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** An object that is read. A broken connection is taken up where it broke. One thread at a time. */
final class ReadObject implements SeekableByteChannel {

    private final Bucket bucket;
    private final String object;
    private final ObjectFacts facts;
    private final ReadChannel channel;
    private long position;

    private ReadObject(Bucket bucket, String object, ObjectFacts facts, ReadChannel channel) {
        this.bucket = bucket;
        this.object = object;
        this.facts = facts;
        this.channel = channel;
    }

    static ReadObject open(Bucket bucket, String object, ObjectFacts facts) throws IOException {
        return new ReadObject(bucket, object, facts, bucket.read(object, facts));
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (position >= facts.size()) {
            return -1;
        }
        int read = bucket.call(object, storage -> channel.read(into));
        if (read < 0) {
            throw new IOException(object + " ended after " + position + " of " + facts.size() + " bytes");
        }
        position += read;
        return read;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public ReadObject position(long to) throws IOException {
        channel.seek(to);
        position = to;
        return this;
    }

    @Override
    public long size() {
        return facts.size();
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public ReadObject truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        channel.close();
    }
}
