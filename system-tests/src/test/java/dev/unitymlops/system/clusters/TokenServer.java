package dev.unitymlops.system.clusters;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * An identity provider on loopback: {@code /token} gives a client that knows its secret a signed token in its name, {@code
 * /keys} tells by which key tokens are known.
 */
final class TokenServer implements AutoCloseable {
    static final String AUDIENCE = "kafka";
    private static final String KEY_ID = "of-this-test";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder URL_SAFE = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair keys;
    private final HttpServer server;

    private TokenServer(KeyPair keys, HttpServer server) {
        this.keys = keys;
        this.server = server;
    }

    static TokenServer start() throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var started = new TokenServer(generator.generateKeyPair(), server);
        server.createContext("/token", started::token);
        server.createContext("/keys", started::keys);
        server.start();
        return started;
    }

    static String secretOf(String client) {
        return client + "-client-secret";
    }

    String tokens() {
        return url("/token");
    }

    String keys() {
        return url("/keys");
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The client credentials grant: who it is stands in the basic authentication. */
    private void token(HttpExchange exchange) throws IOException {
        String basic = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .replaceFirst("^Basic ", "");
        String[] login = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8).split(":", 2);
        if (login.length < 2 || !login[1].equals(secretOf(login[0]))) {
            answer(exchange, 401, Map.of("error", "invalid_client"));
            return;
        }
        answer(exchange, 200, Map.of("access_token", signed(login[0]), "token_type", "Bearer", "expires_in", 3600));
    }

    private String signed(String client) throws IOException {
        Instant now = Instant.now();
        String head = part(Map.of("alg", "RS256", "kid", KEY_ID, "typ", "JWT"));
        String body = part(Map.of(
                "iss",
                "this test",
                "sub",
                client,
                "aud",
                AUDIENCE,
                "iat",
                now.getEpochSecond(),
                "exp",
                now.plusSeconds(3600).getEpochSecond()));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update((head + "." + body).getBytes(StandardCharsets.UTF_8));
            return head + "." + body + "." + URL_SAFE.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IOException("no token could be signed", e);
        }
    }

    private void keys(HttpExchange exchange) throws IOException {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        Map<String, Object> known = Map.of(
                "kty",
                "RSA",
                "use",
                "sig",
                "alg",
                "RS256",
                "kid",
                KEY_ID,
                "n",
                number(key.getModulus()),
                "e",
                number(key.getPublicExponent()));
        answer(exchange, 200, Map.of("keys", List.of(known)));
    }

    /** Big-endian, without the byte that only says that it is positive. */
    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return URL_SAFE.encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static String part(Map<String, ?> content) throws IOException {
        return URL_SAFE.encodeToString(JSON.writeValueAsBytes(content));
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> content) throws IOException {
        try (exchange) {
            byte[] body = JSON.writeValueAsBytes(content);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
