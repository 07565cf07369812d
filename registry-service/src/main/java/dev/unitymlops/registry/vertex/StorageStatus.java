package dev.unitymlops.registry.vertex;

import com.google.cloud.storage.StorageException;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;

/** What Cloud Storage's HTTP statuses mean to an upload. Its client has repeated what may help by then. */
final class StorageStatus {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private StorageStatus() {}

    static StageFailure failure(String bucket, StorageException e) {
        String message = "Cloud Storage cannot take a file for gs://" + bucket + " (" + e.getCode() + "): "
                + advice(bucket, e.getCode()) + ": " + e.getMessage();
        return e.isRetryable() || !isFinal(e.getCode())
                ? StageFailure.infrastructure(message).because(e)
                : StageFailure.of(FailureCause.INFRASTRUCTURE, Retry.NEVER, message)
                        .because(e);
    }

    /** A status of 0 is a connection that was never made or broke. */
    private static boolean isFinal(int code) {
        return code >= 400 && code < 500 && code != TOO_MANY && code != 408;
    }

    private static String advice(String bucket, int code) {
        return switch (code) {
            case UNAUTHORIZED ->
                "it does not accept the credentials: set GOOGLE_APPLICATION_CREDENTIALS, give the machine a service"
                        + " account, or run gcloud auth application-default login";
            case FORBIDDEN ->
                "grant the service's account the role roles/storage.objectUser on the bucket, and Vertex AI's service"
                        + " agent roles/storage.objectViewer";
            case NOT_FOUND -> "there is no bucket " + bucket + ": make it or change vertex.staging-bucket";
            case TOO_MANY -> "it is called too often at present";
            default -> "it failed";
        };
    }
}
