package dev.unitymlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** As much of MLflow's REST API as the registry calls, in this JVM, with faults. */
public final class StandInMlflow implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api/2.0/mlflow/";
    private static final String PROXY = "/api/2.0/mlflow-artifacts/artifacts/";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final StandInStore store = new StandInStore();
    private final HttpFaults faults;
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private Consumer<JsonNode> onVersion = request -> {};

    public static StandInMlflow withoutFaults() throws IOException {
        return new StandInMlflow(HttpFaults.none());
    }

    StandInMlflow(HttpFaults faults) throws IOException {
        this.faults = faults;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    StandInStore store() {
        return store;
    }

    /** What the requests said of who asks, in the order of their arrival. */
    List<String> authorizations() {
        return authorizations;
    }

    /** Called with each request for a new version, after it was made and before it is answered. */
    void onVersion(Consumer<JsonNode> told) {
        onVersion = told;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            HttpFaults.Fault fault = faults.next();
            if (fault.before() != null) {
                answer(exchange, fault.before());
                return;
            }
            Answer answer = act(exchange, body);
            if (fault.after() != null) {
                answer(exchange, fault.after());
            } else if (!fault.lost()) {
                answer(exchange, answer);
            }
        }
    }

    /** @param body of a file, else JSON */
    record Answer(int status, ByteBuffer body, @Nullable String location) {
        static Answer of(int status, String text) {
            return new Answer(status, StandardCharsets.UTF_8.encode(text), null);
        }
    }

    private Answer act(HttpExchange exchange, byte[] body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith(PROXY)) {
            return file(exchange.getRequestMethod(), path.substring(PROXY.length()), body);
        }
        JsonNode request =
                exchange.getRequestMethod().equals("GET") ? query(exchange.getRequestURI()) : JSON.readTree(body);
        try {
            String call = path.substring(API.length());
            JsonNode answer = store.call(exchange.getRequestMethod() + " " + call, request);
            if (call.equals("model-versions/create")) {
                onVersion.accept(request);
            }
            return Answer.of(200, answer.toString());
        } catch (StandInStore.Refused e) {
            return Answer.of(e.status(), error(e.code(), e.getMessage()));
        }
    }

    private Answer file(String method, String path, byte[] body) {
        if (method.equals("PUT")) {
            store.files().put(path, body);
            return Answer.of(200, "");
        }
        byte[] content = store.files().get(path);
        return content == null
                ? Answer.of(404, error("RESOURCE_DOES_NOT_EXIST", "No such artifact: " + path))
                : new Answer(200, ByteBuffer.wrap(content), null);
    }

    static String error(String code, String message) {
        return JSON.createObjectNode()
                .put("error_code", code)
                .put("message", message)
                .toString();
    }

    private static JsonNode query(URI uri) {
        Map<String, String> query = new HashMap<>();
        for (String pair : uri.getRawQuery().split("&", -1)) {
            String[] both = pair.split("=", 2);
            query.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        return JSON.valueToTree(query);
    }

    private static void answer(HttpExchange exchange, Answer answer) {
        try {
            if (answer.location() != null) {
                exchange.getResponseHeaders().set("Location", answer.location());
            }
            // A fault answers many requests with the same object, so its buffer is not read itself.
            ByteBuffer body = answer.body().duplicate();
            exchange.sendResponseHeaders(answer.status(), body.hasRemaining() ? body.remaining() : -1);
            Channels.newChannel(exchange.getResponseBody()).write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("the client is gone", e);
        }
    }
}
