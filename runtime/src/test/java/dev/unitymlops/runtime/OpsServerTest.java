package dev.unitymlops.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpsServerTest {
    private final Map<String, Health> healths = new LinkedHashMap<>();
    private final Metrics metrics = new Metrics();
    private final HttpClient client = HttpClient.newHttpClient();
    private OpsServer server;

    private static ServiceSettings port(int port) {
        return new ServiceSettings("127.0.0.1", port, Duration.ofSeconds(1));
    }

    @BeforeEach
    void start() throws Exception {
        server = Objects.requireNonNull(OpsServer.start(port(0), () -> new Components.Report(healths), metrics));
    }

    @AfterEach
    void stop() {
        server.close();
        metrics.close();
        client.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(server.address().resolve(path)).build());
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void bindsToLoopbackOnAPortOfItsOwn() {
        assertThat(server.address()).hasHost("127.0.0.1");
        assertThat(server.address().getPort()).isPositive();
    }

    @Test
    void metricsAreInPrometheusFormat() throws Exception {
        metrics.registry().counter("mlops.jobs", "stage", "build").increment();

        var answer = get("/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).contains("mlops_jobs_total{stage=\"build\"} 1.0", "jvm_memory_used_bytes");
    }

    @Test
    void healthNamesEveryComponent() throws Exception {
        healths.put("intake", Health.up());
        healths.put("worker", Health.degraded("the queue is \"long\""));

        var answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new ObjectMapper().readTree(answer.body())).isEqualTo(new ObjectMapper().readTree("""
                                        {"status": "DEGRADED", "reason": "the queue is \\"long\\"", "components": {
                                          "intake": {"status": "UP", "reason": ""},
                                          "worker": {"status": "DEGRADED", "reason": "the queue is \\"long\\""}}}"""));
    }

    @Test
    void somethingDownIs503ButAlive() throws Exception {
        healths.put("intake", Health.down("its thread ended"));
        healths.put("worker", Health.degraded("slow"));

        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/live").statusCode()).isEqualTo(200);
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        var post = HttpRequest.newBuilder(server.address().resolve("/health"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        assertThat(get("/health/more").statusCode()).isEqualTo(404);
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(send(post).statusCode()).isEqualTo(405);
    }

    @Test
    void aPortInUseIsNamedWithWhatToDo() {
        URI taken = server.address();

        assertThatThrownBy(() -> OpsServer.start(port(taken.getPort()), () -> new Components.Report(healths), metrics))
                .isInstanceOf(MissingHere.class)
                .hasMessageContaining("127.0.0.1:" + taken.getPort())
                .hasMessageContaining("http.port");
    }

    @Test
    void itCanBeSwitchedOff() throws Exception {
        assertThat(OpsServer.start(port(-1), () -> new Components.Report(healths), metrics))
                .isNull();
    }
}
