package dev.unitymlops.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.unitymlops.cli.RunAlone;
import dev.unitymlops.cli.jobfile.ReadJobFile;
import dev.unitymlops.cli.jobs.SubmitCommand;
import dev.unitymlops.cli.terminal.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job goes through all services of this JVM, and its receiver is told of it. */
@Timeout(300)
class WebhooksOfJobsTest {
    private static final byte[] KEY = "a key of four and twenty bytes".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final List<Received> received = new CopyOnWriteArrayList<>();

    /** A message as it came. */
    private record Received(String id, String timestamp, String signature, String body) {

        JsonNode json() {
            return Json.tree(body);
        }

        String type() {
            return json().path("type").asText();
        }

        String expectedSignature() throws Exception {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            byte[] sum = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(sum);
        }
    }

    @Test
    void a_job_tells_its_receiver_accepted_started_and_completed_in_this_order_and_signed() throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            var headers = exchange.getRequestHeaders();
            received.add(new Received(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        Map<String, String> webhooks = Map.of(
                "webhook.secret",
                "whsec_" + Base64.getEncoder().encodeToString(KEY),
                "webhook.allowed-networks",
                "127.0.0.0/8");
        try (UpHere here = UpHere.start(folder, Pipeline.ALL, webhooks)) {
            String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
            String job = Files.readString(Path.of("../examples/simple-agent.yaml"))
                    .replace("job_id: test-job", "job_id: told\nwebhook_url: " + url);
            Path file = Files.writeString(folder.resolve("told.yaml"), job);

            RunAlone done = here.mlops(
                    (say, find) -> new SubmitCommand(say, find, new ReadJobFile(Map.of()), Clock.systemUTC()),
                    "submit",
                    file.toString(),
                    "--follow");

            assertThat(done.code()).as(done.err()).isZero();
            Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> received.size() >= 3);
        } finally {
            receiver.stop(0);
        }
        assertThat(received).extracting(Received::type).containsExactly("job.accepted", "job.started", "job.completed");
        for (Received message : received) {
            assertThat(message.signature()).isEqualTo(message.expectedSignature());
        }
        JsonNode completed = received.getLast().json().path("data");
        assertThat(completed.path("job_id").asText()).isEqualTo("told");
        assertThat(completed.path("status").asText()).isEqualTo("succeeded");
        assertThat(Stream.of("schedule_id", "trained_model_path", "vertex_model_resource", "error"))
                .allMatch(completed::has);
    }
}
