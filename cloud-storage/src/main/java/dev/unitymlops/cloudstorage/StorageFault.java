package dev.unitymlops.cloudstorage;

import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;

/** What Cloud Storage's HTTP statuses mean to somebody who reads and writes files. */
final class StorageFault {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;

    private StorageFault() {}

    static IOException of(String bucket, String object, StorageException e) {
        if (Thread.currentThread().isInterrupted() || e.getCause() instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return (IOException) new InterruptedIOException("while calling Cloud Storage").initCause(e);
        }
        String uri = CloudStorageProvider.SCHEME + "://" + bucket + "/" + object;
        return switch (e.getCode()) {
            case UNAUTHORIZED ->
                caused(
                        new AccessDeniedException(
                                uri,
                                null,
                                "Cloud Storage does not accept the credentials: set GOOGLE_APPLICATION_CREDENTIALS, give"
                                        + " the machine a service account, or run gcloud auth application-default login"),
                        e);
            case FORBIDDEN ->
                caused(
                        new AccessDeniedException(
                                uri,
                                null,
                                "grant the service's account the role roles/storage.objectUser on the bucket "
                                        + bucket),
                        e);
            case NOT_FOUND ->
                new IOException(uri + ": Cloud Storage has no such object, or no bucket " + bucket + ": make it", e);
            case PRECONDITION_FAILED -> caused(new FileAlreadyExistsException(uri), e);
            default -> new IOException(uri + ": Cloud Storage failed (" + e.getCode() + "): " + e.getMessage(), e);
        };
    }

    private static IOException caused(IOException fault, StorageException by) {
        fault.initCause(by);
        return fault;
    }
}
