package dev.unitymlops.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.events.DeliveryOutcome;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.WebhookDelivery;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.ForeignTools;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.webhook.Receiver.Received;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Our messages, judged by the library that receivers use: npm's standardwebhooks. Endpoints with names and secrets. */
@ExtendWith(PlatformExtension.class)
class StandardWebhooksTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OLD = "whsec_" + "b2xkIHNlY3JldCBvZiAyNCBieXRlcyBvciBtb3Jl";
    private static final String NEW = "whsec_" + "bmV3IHNlY3JldCBvZiAyNCBieXRlcyBvciBtb3Jl";
    private static final String TOKEN = "T0K3N-in-the-url";

    private Installation installation;
    private Receiver receiver;
    private Path folder;

    @BeforeEach
    void start(TestPlatform platform, @TempDir Path folder) throws Exception {
        this.folder = folder;
        receiver = new Receiver();
        Path endpoints = folder.resolve("endpoints.properties");
        Files.writeString(
                endpoints,
                "studio.url=" + receiver.url("/services/" + TOKEN + "?key=" + TOKEN) + "\nstudio.secrets=" + OLD + ", "
                        + NEW + "\n");
        installation = new Installation(platform, folder).with("webhook.endpoints-file", endpoints.toString());
    }

    @AfterEach
    void stop() {
        installation.close();
        receiver.close();
    }

    @Test
    void aReceiverVerifiesWithEitherSecretWhileTheyRotate() throws Exception {
        Path node = node();
        List<Received> received = deliver("endpoint:studio");
        for (String secret : List.of(OLD, NEW)) {
            assertThat(verified(node, received, secret))
                    .containsExactly("ok job.accepted", "ok job.started", "ok job.cancelled");
        }
        assertThat(verified(node, received, Installation.SECRET))
                .hasSize(3)
                .allMatch(line -> line.startsWith("refused No matching signature"));
    }

    @Test
    void aReceiverVerifiesWhatGoesToAUrlWithTheDefaultSecret() throws Exception {
        Path node = node();
        assertThat(verified(node, deliver(receiver.url("/plain")), Installation.SECRET))
                .containsExactly("ok job.accepted", "ok job.started", "ok job.cancelled");
    }

    @Test
    void theUrlOfANamedEndpointIsToldToNobodyElse() throws Exception {
        List<Received> received = deliver("endpoint:studio");
        assertThat(received).allSatisfy(it -> {
            assertThat(it.path()).isEqualTo("/services/" + TOKEN + "?key=" + TOKEN);
            assertThat(it.header("webhook-signature").split(" ")).hasSize(2).allMatch(one -> one.startsWith("v1,"));
        });
        assertThat(installation.textOf(Topics.WEBHOOK_DELIVERIES, Topics.WEBHOOK_COMMANDS))
                .isNotEmpty()
                .doesNotContain(TOKEN)
                .doesNotContain(OLD.substring(6), NEW.substring(6));
    }

    @Test
    void aNameThatIsNotConfiguredIsGivenUpWithTheReason() throws Exception {
        installation.start(Clock.systemUTC());
        installation.send(Topics.JOB_PROGRESS, "job", Events.accepted("job", 1, "endpoint:nobody"));
        assertThat(installation.awaitDeliveries("job", "a delivery", read -> !read.isEmpty()))
                .singleElement()
                .returns(DeliveryOutcome.GAVE_UP, WebhookDelivery::getOutcome)
                .returns("nobody", WebhookDelivery::getEndpoint)
                .returns("webhook-service has no endpoint of this name in its settings", WebhookDelivery::getReason);
    }

    private List<Received> deliver(String webhookUrl) throws Exception {
        installation.start(Clock.systemUTC());
        installation.tellRun("job", webhookUrl, FailureCause.CANCELLED);
        installation.awaitDelivered("job", 3);
        Map<String, Received> byId = new LinkedHashMap<>();
        receiver.of("job").forEach(received -> byId.putIfAbsent(received.id(), received));
        return List.copyOf(byId.values());
    }

    private List<String> verified(Path node, List<Received> received, String secret) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (Received one : received) {
            Map<String, String> headers = new HashMap<>();
            one.headers().forEach((name, values) -> headers.put(name, values.getFirst()));
            lines.append(JSON.writeValueAsString(Map.of("secret", secret, "headers", headers, "body", one.body())))
                    .append('\n');
        }
        return run(node, lines.toString(), "node", "verify.js");
    }

    /** A folder with the verifier and its packages, which come from npm. */
    private Path node() throws Exception {
        Optional<String> npm = available("node") && available("npm") ? Optional.of("npm") : Optional.empty();
        String command = ForeignTools.require(npm, "no node and npm for the npm package standardwebhooks");
        Path node = Files.createDirectories(folder.resolve("verification"));
        for (String name : List.of("package.json", "package-lock.json", "verify.js")) {
            try (InputStream file = getClass().getResourceAsStream("/verification/" + name)) {
                Files.copy(file, node.resolve(name));
            }
        }
        run(node, "", command, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        return node;
    }

    private static boolean available(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> run(Path folder, String input, String... command) throws Exception {
        Path stdin = Files.writeString(folder.resolve("stdin"), input);
        Path stdout = folder.resolve("stdout");
        Path stderr = folder.resolve("stderr");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(stdin.toFile())
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile())
                .start();
        try {
            assertThat(process.waitFor(Installation.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(stderr, StandardCharsets.UTF_8))
                    .isZero();
            return Files.readAllLines(stdout).stream()
                    .filter(line -> !line.isBlank())
                    .collect(Collectors.toList());
        } finally {
            process.destroyForcibly();
        }
    }
}
