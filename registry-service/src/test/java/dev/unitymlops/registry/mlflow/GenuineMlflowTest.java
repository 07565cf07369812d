package dev.unitymlops.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ModelRegistryContract;
import dev.unitymlops.registry.registration.TestVersions;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The registry on MLflow's own server, from PyPI. */
@ExtendWith(GenuineMlflow.class)
class GenuineMlflowTest extends ModelRegistryContract {

    private static final AtomicInteger EXPERIMENTS = new AtomicInteger();

    @TempDir
    Path folder;

    private URI address;
    private MlflowServer server;

    @BeforeEach
    void emptyTheRegistry(MlflowProcess process) throws Exception {
        address = process.address();
        server = TestServers.at(address, "experiment-" + EXPERIMENTS.incrementAndGet());
        for (JsonNode model : call("GET", "registered-models/search", "").path("registered_models")) {
            String name = model.path("name").asText();
            call("DELETE", "registered-models/delete", "{\"name\": \"" + name + "\"}");
        }
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected ModelRegistry registry() throws IOException {
        try {
            return server.registry();
        } catch (StageFailure e) {
            throw new IOException(e);
        }
    }

    @Test
    void itsOwnClientsFindModelVersionAndRun() throws Exception {
        RegisteredModel model = registry().register(new TestVersions(folder).of("job-1", "one"));

        JsonNode version = call("GET", "registered-models/alias?alias=latest-accepted&name=" + model.getName(), "")
                .path("model_version");
        JsonNode run = call("GET", "runs/get?run_id=" + version.path("run_id").asText(), "")
                .path("run");

        assertThat(model.getResourceName()).isEqualTo("models:/" + model.getName() + "/1");
        assertThat(model.getUri()).isEqualTo(version.path("source").asText() + "/Reach.onnx");
        assertThat(version.path("status").asText()).isEqualTo("READY");
        assertThat(MlflowTags.value(version, "unity_mlops.job")).hasValue("job-1");
        assertThat(run.at("/info/status").asText()).isEqualTo("FINISHED");
        assertThat(run.at("/info/run_name").asText()).isEqualTo("Reach-job-1");
        JsonNode files = call(
                        "GET", "artifacts/list?run_id=" + version.path("run_id").asText(), "")
                .path("files");
        assertThat(files)
                .extracting(file -> file.path("path").asText())
                .containsExactlyInAnyOrder("Reach.onnx", "Reach.intoto.json", "version.json");
    }

    @Test
    void theNumberOfADeletedVersionIsNotGivenAgain() throws Exception {
        TestVersions versions = new TestVersions(folder);
        String name = registry().register(versions.of("job-1", "one")).getName();
        call("DELETE", "model-versions/delete", "{\"name\": \"" + name + "\", \"version\": \"1\"}");

        assertThat(registry().register(versions.of("job-2", "two")).getVersion())
                .isEqualTo(2);
    }

    private JsonNode call(String method, String path, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address.resolve("/api/2.0/mlflow/" + path))
                    .header("Content-Type", "application/json")
                    .version(HttpClient.Version.HTTP_1_1)
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return new ObjectMapper().readTree(answer.body());
        }
    }
}
