package dev.unitymlops.cloudstorage;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code gs://} in this JVM. What a bucket cannot do is refused with {@link UnsupportedOperationException}: locks,
 * links, atomic moves, appending, writing in the midst.
 *
 * <ul>
 *   <li>{@code CREATE_NEW} is a create-if-absent of the service: of several writers one wins, the others get a
 *       {@link FileAlreadyExistsException}.
 *   <li>A folder is there as long as objects are below it; creating one does nothing, and one that is not there is empty.
 *   <li>A copy from another file system is an upload: resumable, compared with its CRC32C, and left out when the bucket
 *       has the same file there already.
 * </ul>
 */
public final class CloudStorageProvider extends FileSystemProvider {

    /** Of a bucket's URI. */
    public static final String SCHEME = "gs";

    /** Of {@link #newFileSystem}'s environment: where Cloud Storage is called, as {@link Endpoint#parse} reads it. */
    public static final String ENDPOINT = "endpoint";

    private final Map<String, BucketFileSystem> buckets = new ConcurrentHashMap<>();

    @Override
    public String getScheme() {
        return SCHEME;
    }

    /** Nothing is called yet, and no credential is read. */
    @Override
    public BucketFileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        Object endpoint = environment.get(ENDPOINT);
        BucketFileSystem opened = open(bucket(uri), endpoint == null ? null : Endpoint.parse(endpoint.toString()));
        if (buckets.putIfAbsent(opened.name(), opened) != null) {
            throw new FileSystemAlreadyExistsException(uri.toString());
        }
        return opened;
    }

    @Override
    public BucketFileSystem getFileSystem(URI uri) {
        BucketFileSystem open = buckets.get(bucket(uri));
        if (open == null) {
            throw new FileSystemNotFoundException(uri.toString());
        }
        return open;
    }

    /** Of a bucket that nobody has opened, it is one of Google's own service. */
    @Override
    public ObjectPath getPath(URI uri) {
        BucketFileSystem at = buckets.computeIfAbsent(bucket(uri), name -> open(name, null));
        return at.getPath(uri.getPath().isEmpty() ? "/" : uri.getPath());
    }

    private BucketFileSystem open(String bucket, @Nullable Endpoint endpoint) {
        return new BucketFileSystem(this, new Bucket(bucket, () -> StorageClient.open(endpoint, null)));
    }

    void forget(BucketFileSystem closed) {
        buckets.remove(closed.name(), closed);
    }

    private static String bucket(URI uri) {
        if (!SCHEME.equalsIgnoreCase(uri.getScheme())
                || uri.getRawAuthority() == null
                || uri.getRawAuthority().matches(".*[@:].*")
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("'" + uri + "' does not name a bucket: write gs://bucket/folder");
        }
        return uri.getRawAuthority();
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs)
            throws IOException {
        ObjectPath object = ObjectPath.require(path);
        Bucket bucket = object.getFileSystem().bucket();
        if (!options.contains(StandardOpenOption.WRITE)) {
            require(options, EnumSet.of(StandardOpenOption.READ));
            return ReadObject.open(bucket, object.object(), facts(object));
        }
        require(
                options,
                EnumSet.of(
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.TRUNCATE_EXISTING));
        return new WriteObject(bucket, object.object(), options.contains(StandardOpenOption.CREATE_NEW));
    }

    private static void require(Set<? extends OpenOption> options, Set<StandardOpenOption> known) {
        for (OpenOption option : options) {
            if (!known.contains(option)) {
                throw new UnsupportedOperationException("an object of a bucket cannot be opened with " + option);
            }
        }
    }

    /** Always whole: the listing is read before this returns. */
    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        ObjectPath path = ObjectPath.require(folder);
        return Listing.of(path, path.getFileSystem().bucket().children(path.prefix()), filter);
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attrs) {
        ObjectPath.require(folder);
    }

    @Override
    public void delete(Path path) throws IOException {
        ObjectPath object = ObjectPath.require(path);
        if (!object.getFileSystem().bucket().delete(object.object())) {
            throw new NoSuchFileException(path.toString());
        }
    }

    /** Takes a source, or a target, of another file system as well, unlike {@link Files#copy(Path, Path, CopyOption...)}. */
    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        boolean replace = Arrays.asList(options).contains(StandardCopyOption.REPLACE_EXISTING);
        if (!(target instanceof ObjectPath to)) {
            Files.copy(source, target, options);
        } else if (!(source instanceof ObjectPath from)) {
            Uploads.Other other = replace ? Uploads.Other.REPLACE : Uploads.Other.REFUSE;
            to.getFileSystem().bucket().upload(source, to.object(), other);
        } else if (from.getFileSystem().equals(to.getFileSystem())) {
            to.getFileSystem().bucket().copy(from.object(), to.object(), !replace);
        } else {
            StandardOpenOption how = replace ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW;
            try (OutputStream out = Files.newOutputStream(to, how, StandardOpenOption.WRITE)) {
                Files.copy(from, out);
            }
        }
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        if (Arrays.asList(options).contains(StandardCopyOption.ATOMIC_MOVE)) {
            throw new AtomicMoveNotSupportedException(source.toString(), target.toString(), "a bucket cannot");
        }
        copy(source, target, options);
        delete(source);
    }

    @Override
    public boolean isSameFile(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    @Override
    public boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException("a bucket has no size and no free space");
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        facts(ObjectPath.require(path));
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return type == BasicFileAttributeView.class ? type.cast(new FactsView(ObjectPath.require(path))) : null;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        if (type != BasicFileAttributes.class) {
            throw new UnsupportedOperationException("an object of a bucket has no " + type.getSimpleName());
        }
        return type.cast(facts(ObjectPath.require(path)));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        throw new UnsupportedOperationException("attributes by name: " + attributes);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new UnsupportedOperationException("an object's " + attribute + " cannot be set");
    }

    /** @throws NoSuchFileException when there is neither an object nor a folder */
    static ObjectFacts facts(ObjectPath path) throws IOException {
        Bucket bucket = path.getFileSystem().bucket();
        String object = path.object();
        if (object.isEmpty()) {
            return ObjectFacts.FOLDER;
        }
        var facts = bucket.facts(object);
        if (facts.isPresent()) {
            return facts.get();
        }
        if (bucket.anyBelow(path.prefix())) {
            return ObjectFacts.FOLDER;
        }
        throw new NoSuchFileException(path.toString());
    }
}
