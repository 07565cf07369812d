package dev.unitymlops.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;

/** Calls a registry as curl would. */
record RegistryCalls(String url) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    record Answer(int status, JsonNode body) {
        int errorCode() {
            return body.path("error_code").asInt();
        }
    }

    Answer get(String path) throws Exception {
        return call("GET", path, BodyPublishers.noBody());
    }

    Answer delete(String path) throws Exception {
        return call("DELETE", path, BodyPublishers.noBody());
    }

    Answer post(String path, Map<String, Object> body) throws Exception {
        return call("POST", path, BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    Answer put(String path, Map<String, Object> body) throws Exception {
        return call("PUT", path, BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    Answer register(String subject, String schema) throws Exception {
        return post("/subjects/" + subject + "/versions", Map.of("schema", schema));
    }

    /** Registers a schema that must be accepted and gives its id. */
    int idOf(String subject, String schema) throws Exception {
        Answer answer = register(subject, schema);
        if (answer.status() != 200) {
            throw new AssertionError(subject + " was refused: " + answer);
        }
        return answer.body().path("id").asInt();
    }

    private Answer call(String method, String path, HttpRequest.BodyPublisher body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(method, body)
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }
}
