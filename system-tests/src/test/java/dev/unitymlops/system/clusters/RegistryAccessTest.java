package dev.unitymlops.system.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.MissingHere;
import dev.unitymlops.runtime.RegisterSchemas;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.runtime.Unreachable;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A schema registry behind TLS that lets in only whom it knows: by password, by token, or by certificate. */
@ExtendWith(PlatformExtension.class)
class RegistryAccessTest {
    private static final String USER = "build:its-password";
    private static final String TOKEN = "a-static-token";

    private final TestPlatform platform;
    private final TopicSettings topics;

    @TempDir
    private Path folder;

    private SelfSigned registry;
    private SelfSigned client;
    private HttpsServer front;
    private ExecutorService threads;
    private Predicate<HttpExchange> known = exchange -> false;

    RegistryAccessTest(TestPlatform platform) {
        this.platform = platform;
        this.topics = new TopicSettings(true, platform.newPrefix(), 1, 1);
    }

    @BeforeEach
    void start() throws Exception {
        registry = SelfSigned.make(folder, "registry");
        client = SelfSigned.make(folder, "client");
        front = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext tls = tls();
        front.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                var wanted = tls.getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        threads = Executors.newVirtualThreadPerTaskExecutor();
        front.setExecutor(threads);
        front.createContext("/", this::passOn);
        front.start();
    }

    @AfterEach
    void stop() {
        front.stop(0);
        threads.close();
    }

    @Test
    void aPasswordLetsIn() throws Exception {
        known = says("Basic " + Base64.getEncoder().encodeToString(USER.getBytes(StandardCharsets.UTF_8)));
        assertThat(register(
                        "schema.registry.basic.auth.credentials.source",
                        "USER_INFO",
                        "schema.registry.basic.auth.user.info",
                        USER))
                .isEmpty();
    }

    @Test
    void aStaticTokenLetsIn() throws Exception {
        known = says("Bearer " + TOKEN);
        assertThat(register(
                        "schema.registry.bearer.auth.credentials.source",
                        "STATIC_TOKEN",
                        "schema.registry.bearer.auth.token",
                        TOKEN))
                .isEmpty();
    }

    @Test
    void aCertificateLetsIn() throws Exception {
        known = RegistryAccessTest::showsACertificate;
        assertThat(register(
                        "schema.registry.ssl.keystore.location",
                        client.keystore().toString(),
                        "schema.registry.ssl.keystore.type",
                        "PKCS12",
                        "schema.registry.ssl.keystore.password",
                        SelfSigned.PASSWORD,
                        "schema.registry.ssl.key.password",
                        SelfSigned.PASSWORD))
                .isEmpty();
    }

    @Test
    void whoIsNotKnownIsToldWhereToLookAndNotTheSecret() {
        assertThatThrownBy(() -> register(
                        "cluster.start-timeout", "1s",
                        "schema.registry.basic.auth.credentials.source", "USER_INFO",
                        "schema.registry.basic.auth.user.info", USER))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("schema.registry.*")
                .hasMessageContaining("401")
                .hasMessageNotContaining("its-password");
    }

    @Test
    void oauthbearerIsRefusedWithWhatWorks() {
        assertThatThrownBy(() -> register(
                        "schema.registry.bearer.auth.credentials.source", "OAUTHBEARER",
                        "schema.registry.bearer.auth.issuer.endpoint.url", "http://127.0.0.1:1/token",
                        "schema.registry.bearer.auth.client.id", "build",
                        "schema.registry.bearer.auth.client.secret", "secret"))
                .isInstanceOf(MissingHere.class)
                .hasMessageContaining("STATIC_TOKEN");
    }

    /** What the registry then lacks. */
    private List<RegisterSchemas.Refusal> register(String... keysAndValues) throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", platform.bootstrapServers());
        settings.put(
                "schema.registry.url", "https://127.0.0.1:" + front.getAddress().getPort());
        settings.put("schema.registry.ssl.truststore.location", trusted().toString());
        settings.put("schema.registry.ssl.truststore.type", "PKCS12");
        settings.put("schema.registry.ssl.truststore.password", SelfSigned.PASSWORD);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        var clients = new KafkaClients(Settings.of(settings).read(KafkaSettings::from));
        return new RegisterSchemas(clients, topics).register(List.of(Topics.WORKERS));
    }

    /** The registry's certificate as Java's own tools keep it. */
    private Path trusted() throws Exception {
        KeyStore own = KeyStore.getInstance(registry.keystore().toFile(), SelfSigned.PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("registry", own.getCertificate(SelfSigned.ALIAS));
        Path file = folder.resolve("trusted.p12");
        try (var out = Files.newOutputStream(file)) {
            trusted.store(out, SelfSigned.PASSWORD.toCharArray());
        }
        return file;
    }

    private SSLContext tls() throws Exception {
        char[] password = SelfSigned.PASSWORD.toCharArray();
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(registry.keystore().toFile(), password), password);
        KeyStore clients = KeyStore.getInstance("PKCS12");
        clients.load(null, null);
        clients.setCertificateEntry(
                "client",
                KeyStore.getInstance(client.keystore().toFile(), password).getCertificate(SelfSigned.ALIAS));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(clients);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Predicate<HttpExchange> says(String authorization) {
        return exchange -> authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static boolean showsACertificate(HttpExchange exchange) {
        try {
            return ((HttpsExchange) exchange).getSSLSession().getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException nobody) {
            return false;
        }
    }

    private void passOn(HttpExchange exchange) throws IOException {
        try (exchange;
                HttpClient http = HttpClient.newHttpClient()) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!known.test(exchange)) {
                byte[] refusal = "{\"error_code\":401,\"message\":\"who are you?\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(401, refusal.length);
                exchange.getResponseBody().write(refusal);
                return;
            }
            var request = HttpRequest.newBuilder(URI.create(platform.schemaRegistryUrl() + exchange.getRequestURI()))
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body))
                    .build();
            var answer = http.send(request, BodyHandlers.ofByteArray());
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
