package dev.unitymlops.cloudstorage;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;

/** One bucket as a file system. Thread-safe. */
final class BucketFileSystem extends FileSystem {

    private final CloudStorageProvider provider;
    private final Bucket bucket;

    BucketFileSystem(CloudStorageProvider provider, Bucket bucket) {
        this.provider = provider;
        this.bucket = bucket;
    }

    String name() {
        return bucket.name();
    }

    Bucket bucket() {
        return bucket;
    }

    /** {@code gs://bucket/}. */
    String uri() {
        return CloudStorageProvider.SCHEME + "://" + bucket.name() + "/";
    }

    @Override
    public CloudStorageProvider provider() {
        return provider;
    }

    /** Further calls fail; the bucket can be opened again, for example at another endpoint. */
    @Override
    public void close() {
        provider.forget(this);
        bucket.close();
    }

    @Override
    public boolean isOpen() {
        return bucket.isOpen();
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(getPath("/"));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    /** Also takes what {@link ObjectPath#toString} gives, which begins with the bucket's URI. */
    @Override
    public ObjectPath getPath(String first, String... more) {
        String text = first.startsWith(uri()) ? first.substring(uri().length() - 1) : first;
        return ObjectPath.of(this, more.length == 0 ? text : text + "/" + String.join("/", more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(Path.of(path.toString()));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException("a bucket knows no users of this machine");
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("a bucket cannot be watched");
    }
}
