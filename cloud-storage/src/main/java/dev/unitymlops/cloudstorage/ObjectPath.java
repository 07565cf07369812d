package dev.unitymlops.cloudstorage;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A name in a bucket, or a beginning of names, which stands for a folder. Immutable; nothing here calls the bucket. */
final class ObjectPath implements Path {

    private static final String UP = "..";

    private final BucketFileSystem bucket;
    private final boolean absolute;
    private final List<String> names;

    private ObjectPath(BucketFileSystem bucket, boolean absolute, List<String> names) {
        this.bucket = bucket;
        this.absolute = absolute;
        this.names = List.copyOf(names);
    }

    /** Empty names, as between two slashes, are left out, as on a disk. */
    static ObjectPath of(BucketFileSystem bucket, String text) {
        List<String> names =
                Arrays.stream(text.split("/")).filter(name -> !name.isEmpty()).toList();
        return new ObjectPath(bucket, text.startsWith("/"), names);
    }

    /** @throws ProviderMismatchException when it is a path of another file system's kind */
    static ObjectPath require(Path path) {
        if (path instanceof ObjectPath object) {
            return object;
        }
        throw new ProviderMismatchException(path + " is no path in a bucket");
    }

    /** The object's name in its bucket; empty for the bucket itself. */
    String object() {
        return String.join("/", toAbsolutePath().normalize().names);
    }

    /** What the names of all objects in this folder begin with. */
    String prefix() {
        String object = object();
        return object.isEmpty() ? "" : object + "/";
    }

    @Override
    public BucketFileSystem getFileSystem() {
        return bucket;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public @Nullable ObjectPath getRoot() {
        return absolute ? new ObjectPath(bucket, true, List.of()) : null;
    }

    @Override
    public @Nullable ObjectPath getFileName() {
        return names.isEmpty() ? null : relative(List.of(names.getLast()));
    }

    @Override
    public @Nullable ObjectPath getParent() {
        if (names.size() > 1) {
            return with(names.subList(0, names.size() - 1));
        }
        return names.isEmpty() ? null : getRoot();
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public ObjectPath getName(int index) {
        return subpath(index, index + 1);
    }

    @Override
    public ObjectPath subpath(int begin, int end) {
        if (begin < 0 || end > names.size() || begin >= end) {
            throw new IllegalArgumentException("no part of " + this + ": " + begin + " to " + end);
        }
        return relative(names.subList(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof ObjectPath path
                && path.bucket.equals(bucket)
                && path.absolute == absolute
                && path.names.size() <= names.size()
                && names.subList(0, path.names.size()).equals(path.names);
    }

    @Override
    public boolean endsWith(Path other) {
        if (!(other instanceof ObjectPath path) || !path.bucket.equals(bucket)) {
            return false;
        }
        int from = names.size() - path.names.size();
        return path.absolute
                ? equals(path)
                : from >= 0
                        && !path.names.isEmpty()
                        && names.subList(from, names.size()).equals(path.names);
    }

    @Override
    public ObjectPath normalize() {
        List<String> normal = new ArrayList<>();
        for (String name : names) {
            if (name.equals(UP) && !normal.isEmpty() && !normal.getLast().equals(UP)) {
                normal.removeLast();
            } else if (!name.equals(".") && !(absolute && name.equals(UP))) {
                normal.add(name);
            }
        }
        return with(normal);
    }

    @Override
    public ObjectPath resolve(Path other) {
        ObjectPath path = require(other);
        if (path.absolute) {
            return path;
        }
        List<String> joined = new ArrayList<>(names);
        joined.addAll(path.names);
        return with(joined);
    }

    @Override
    public ObjectPath relativize(Path other) {
        ObjectPath path = require(other);
        if (path.absolute != absolute || !path.bucket.equals(bucket)) {
            throw new IllegalArgumentException("there is no way from " + this + " to " + other);
        }
        int same = 0;
        while (same < Math.min(names.size(), path.names.size())
                && names.get(same).equals(path.names.get(same))) {
            same++;
        }
        List<String> way = new ArrayList<>();
        for (int up = same; up < names.size(); up++) {
            way.add(UP);
        }
        way.addAll(path.names.subList(same, path.names.size()));
        return relative(way);
    }

    /** {@code gs://bucket/name}, encoded where a name needs it. */
    @Override
    public URI toUri() {
        try {
            return new URI(CloudStorageProvider.SCHEME, bucket.name(), "/" + object(), null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("every name can be encoded: " + this, e);
        }
    }

    @Override
    public ObjectPath toAbsolutePath() {
        return new ObjectPath(bucket, true, names);
    }

    /** There are no links in a bucket. */
    @Override
    public ObjectPath toRealPath(LinkOption... options) {
        return toAbsolutePath().normalize();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
            throws IOException {
        throw new UnsupportedOperationException("a bucket cannot be watched");
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(require(other).toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectPath path
                && path.bucket.equals(bucket)
                && path.absolute == absolute
                && path.names.equals(names);
    }

    @Override
    public int hashCode() {
        return Objects.hash(bucket, absolute, names);
    }

    /** An absolute one as {@code gs://bucket/name}, as people look for it, but not encoded. */
    @Override
    public String toString() {
        String joined = String.join("/", names);
        return absolute ? bucket.uri() + joined : joined;
    }

    private ObjectPath with(List<String> others) {
        return new ObjectPath(bucket, absolute, others);
    }

    private ObjectPath relative(List<String> others) {
        return new ObjectPath(bucket, false, others);
    }
}
