package dev.unitymlops.registry.vertex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.unitymlops.cloudstorage.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/** One bucket of Cloud Storage on loopback: as much of its JSON API as the genuine client needs for resumable uploads. */
final class StandInBucket implements AutoCloseable {

    static final String NAME = "models";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OBJECTS = "/storage/v1/b/" + NAME + "/o/";
    private static final String DOWNLOADS = "/download" + OBJECTS;

    private final HttpServer server;
    private final Faults faults;
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger uploads = new AtomicInteger();
    private volatile int refusal;

    private record Session(String object, String crc32c, ByteArrayOutputStream received) {}

    StandInBucket(Faults faults) throws IOException {
        this.faults = faults;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", server.getAddress().getPort(), true);
    }

    Map<String, byte[]> objects() {
        return objects;
    }

    /** How many uploads were begun. */
    int uploads() {
        return uploads.get();
    }

    /** Every call from now on is refused with this HTTP status. */
    void refuse(int status) {
        refusal = status;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (refusal != 0) {
                fail(exchange, refusal);
            } else if (faults.next().isPresent()) {
                fail(exchange, 503);
            } else if (exchange.getRequestMethod().equals("GET") && path.startsWith(OBJECTS)) {
                object(exchange, path.substring(OBJECTS.length()));
            } else if (exchange.getRequestMethod().equals("GET") && path.startsWith(DOWNLOADS)) {
                media(exchange, path.substring(DOWNLOADS.length()));
            } else if (exchange.getRequestMethod().equals("POST")
                    && path.equals("/upload/storage/v1/b/" + NAME + "/o")) {
                begin(exchange, JSON.readTree(body));
            } else if (exchange.getRequestMethod().equals("PUT") && path.startsWith("/session/")) {
                receive(exchange, sessions.get(path), body);
            } else {
                fail(exchange, path.contains("/" + NAME + "/") ? 501 : 404);
            }
        }
    }

    private void object(HttpExchange exchange, String name) throws IOException {
        byte[] content = objects.get(name);
        if (content == null) {
            fail(exchange, 404);
        } else {
            answer(exchange, 200, JSON.writeValueAsBytes(facts(name, content)));
        }
    }

    private void media(HttpExchange exchange, String name) throws IOException {
        byte[] content = objects.get(name);
        if (content == null) {
            fail(exchange, 404);
        } else {
            answer(exchange, 200, content);
        }
    }

    private void begin(HttpExchange exchange, JsonNode facts) throws IOException {
        Map<String, String> query = Arrays.stream(
                        exchange.getRequestURI().getRawQuery().split("&"))
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> URLDecoder.decode(each[1], StandardCharsets.UTF_8)));
        String name = query.containsKey("name")
                ? query.get("name")
                : facts.path("name").asText();
        if ("0".equals(query.get("ifGenerationMatch")) && objects.containsKey(name)) {
            fail(exchange, 412);
            return;
        }
        String path = "/session/" + uploads.incrementAndGet();
        sessions.put(path, new Session(name, facts.path("crc32c").asText(), new ByteArrayOutputStream()));
        exchange.getResponseHeaders().set("Location", endpoint().url() + path);
        answer(exchange, 200, new byte[0]);
    }

    private void receive(HttpExchange exchange, Session session, byte[] body) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Content-Range");
        String bytes = range.substring("bytes ".length(), range.indexOf('/'));
        String total = range.substring(range.indexOf('/') + 1);
        synchronized (session) {
            if (!bytes.equals("*")) {
                int from = Integer.parseInt(bytes.substring(0, bytes.indexOf('-')));
                if (from == session.received.size()) {
                    session.received.writeBytes(body);
                }
            }
            int received = session.received.size();
            if (total.equals("*") || received < Integer.parseInt(total)) {
                if (received > 0) {
                    exchange.getResponseHeaders().set("Range", "bytes=0-" + (received - 1));
                }
                exchange.sendResponseHeaders(308, -1);
                return;
            }
            byte[] content = session.received.toByteArray();
            if (!session.crc32c.isEmpty() && !session.crc32c.equals(crc32c(content))) {
                fail(exchange, 400);
                return;
            }
            objects.putIfAbsent(session.object, content);
            answer(exchange, 200, JSON.writeValueAsBytes(facts(session.object, content)));
        }
    }

    private static ObjectNode facts(String name, byte[] content) {
        return JSON.createObjectNode()
                .put("kind", "storage#object")
                .put("bucket", NAME)
                .put("name", name)
                .put("generation", "1")
                .put("size", String.valueOf(content.length))
                .put("crc32c", crc32c(content));
    }

    private static String crc32c(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private static void fail(HttpExchange exchange, int status) throws IOException {
        ObjectNode error = JSON.createObjectNode();
        error.putObject("error").put("code", status).put("message", "refused by the stand-in");
        answer(exchange, status, JSON.writeValueAsBytes(error));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
