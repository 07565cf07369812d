package dev.unitymlops.registry.mlflow;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Calls MLflow's REST API: patiently, and so that an interrupt ends the wait. Thread-safe. */
final class MlflowCalls {

    private static final String API = "/api/2.0/mlflow/";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Half of the connections to the database that one MLflow process has for all who ask it. */
    private static final int AT_ONCE = 8;

    private final MlflowConfig config;
    private final MlflowHttp http;
    private final Semaphore free = new Semaphore(AT_ONCE, true);

    MlflowCalls(MlflowConfig config, MlflowHttp http) {
        this.config = config;
        this.http = http;
    }

    /** What calls that are none of the API's are made with. */
    MlflowHttp http() {
        return http;
    }

    /** A call that is made. */
    interface Call<T> {
        T make() throws MlflowFailure, StageFailure, IOException, InterruptedException;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** As MLflow wants tags. */
    static void putTags(ObjectNode of, Map<String, String> tags) {
        ArrayNode array = of.putArray("tags");
        tags.forEach((key, value) -> array.addObject().put("key", key).put("value", value));
    }

    /** Asks for what must be there. */
    JsonNode get(String what, String path, Map<String, String> query)
            throws StageFailure, IOException, InterruptedException {
        return patiently(what, () -> once("GET", http.uri(API + path, query), null));
    }

    /** Asks for a thing that may not be there. */
    Optional<JsonNode> find(String what, String path, Map<String, String> query)
            throws StageFailure, IOException, InterruptedException {
        return patiently(what, () -> {
            try {
                return Optional.of(once("GET", http.uri(API + path, query), null));
            } catch (MlflowFailure e) {
                return absent(e);
            }
        });
    }

    private static Optional<JsonNode> absent(MlflowFailure e) throws MlflowFailure {
        if (e.absent()) {
            return Optional.empty();
        }
        throw e;
    }

    /** Makes a call that may be made twice, until it is answered. */
    JsonNode post(String what, String path, ObjectNode body) throws StageFailure, IOException, InterruptedException {
        return patiently(what, () -> create(path, body));
    }

    /** Deletes what may be gone already. */
    void delete(String what, String method, String path, ObjectNode body)
            throws StageFailure, IOException, InterruptedException {
        Optional<JsonNode> unused = patiently(what, () -> {
            try {
                return Optional.of(once(method, http.uri(API + path, Map.of()), body));
            } catch (MlflowFailure e) {
                return absent(e);
            }
        });
    }

    /** Makes a call once, which may have been carried out also when it fails. */
    JsonNode create(String path, ObjectNode body) throws MlflowFailure, IOException, InterruptedException {
        return once("POST", http.uri(API + path, Map.of()), body);
    }

    private JsonNode once(String method, URI uri, @Nullable ObjectNode body)
            throws MlflowFailure, IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8));
        }
        try {
            return JSON.readTree(text(request));
        } catch (JacksonException e) {
            throw MlflowFailure.unreadable(e);
        }
    }

    private String text(HttpRequest.Builder request) throws MlflowFailure, IOException, InterruptedException {
        free.acquire();
        try {
            return http.text(request, config.callTimeout());
        } finally {
            free.release();
        }
    }

    /**
     * Makes a call until it is answered, as often as the back-off allows.
     *
     * @param what for a failure's message, as in "cannot <what>"
     */
    <T> T patiently(String what, Call<T> call) throws StageFailure, IOException, InterruptedException {
        for (int tried = 1; ; tried++) {
            try {
                return call.make();
            } catch (MlflowFailure e) {
                if (!e.again() || !config.tries().goOn(tried)) {
                    throw e.told(what, http.server());
                }
                config.tries().pause(tried);
            }
        }
    }
}
