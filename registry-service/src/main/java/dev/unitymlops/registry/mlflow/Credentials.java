package dev.unitymlops.registry.mlflow;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a tracking server is told of who asks. Never shown: {@link #toString()} has none of it. */
final class Credentials {

    static final Credentials NONE = new Credentials(null);

    private final @Nullable String authorization;

    private Credentials(@Nullable String authorization) {
        this.authorization = authorization;
    }

    /** As MLflow's own clients choose: a user with a password before a token. */
    static Credentials of(@Nullable String username, @Nullable String password, @Nullable String token) {
        if (username != null && password != null) {
            byte[] both = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
            return new Credentials("Basic " + Base64.getEncoder().encodeToString(both));
        }
        return token == null ? NONE : new Credentials("Bearer " + token);
    }

    void authorize(HttpRequest.Builder request) {
        if (authorization != null) {
            request.setHeader("Authorization", authorization);
        }
    }

    @Override
    public String toString() {
        return authorization == null ? "none" : "hidden";
    }
}
