package dev.unitymlops.cloudstorage;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.StorageRetryStrategy;
import org.jspecify.annotations.Nullable;

/** Google's own client of Cloud Storage, set to an endpoint. */
public final class StorageClient {

    private StorageClient() {}

    /**
     * A client with Google's Application Default Credentials; with none for an endpoint in plain text.
     *
     * @param endpoint null: Google's own
     * @param retries how often and how long a call that may be repeated is; null: as Google's client sees fit (50 s)
     */
    public static Storage open(@Nullable Endpoint endpoint, @Nullable RetrySettings retries) {
        // All calls here may be repeated: whole objects are put, and who must be the first says so in the call.
        StorageOptions.Builder options =
                StorageOptions.http().setStorageRetryStrategy(StorageRetryStrategy.getUniformStorageRetryStrategy());
        if (retries != null) {
            options.setRetrySettings(retries);
        }
        if (endpoint != null) {
            options.setHost(endpoint.url());
        }
        if (endpoint != null && endpoint.plaintext()) {
            options.setCredentials(NoCredentials.getInstance()).setProjectId("none");
        }
        return options.build().getService();
    }
}
