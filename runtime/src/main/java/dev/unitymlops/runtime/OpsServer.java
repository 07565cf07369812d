package dev.unitymlops.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What operators ask a process over HTTP: {@code /metrics} (Prometheus), {@code /health} (JSON; 503 when something is
 * down) and {@code /live} (200 as long as the process answers at all).
 */
final class OpsServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private OpsServer(HttpServer server) {
        this.server = server;
    }

    /** Null when the settings switch it off. */
    static @Nullable OpsServer start(ServiceSettings settings, Supplier<Components.Report> health, Metrics metrics)
            throws IOException {
        if (settings.opsPort() < 0) {
            return null;
        }
        var ops = new OpsServer(bind(new InetSocketAddress(settings.opsHost(), settings.opsPort())));
        ops.answer("/metrics", () -> new Answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()));
        ops.answer("/health", () -> health(health.get()));
        ops.answer("/live", () -> new Answer(200, "text/plain; charset=utf-8", "alive\n"));
        ops.server.setExecutor(ops.threads);
        ops.server.start();
        return ops;
    }

    private static HttpServer bind(InetSocketAddress address) throws IOException {
        try {
            return HttpServer.create(address, 0);
        } catch (BindException e) {
            throw new MissingHere("The ops server cannot bind to " + address.getHostString() + ":" + address.getPort()
                    + " (" + e.getMessage() + "); set http.port to a free port, or to 0 for any");
        }
    }

    URI address() {
        InetSocketAddress bound = server.getAddress();
        String host = bound.getAddress().isAnyLocalAddress() ? "127.0.0.1" : bound.getHostString();
        return URI.create("http://" + host + ":" + bound.getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private static Answer health(Components.Report report) {
        Health overall = report.overall();
        int status = overall.status() == Health.Status.DOWN ? 503 : 200;
        try {
            String body = JSON.writeValueAsString(Map.of(
                    "status", overall.status(),
                    "reason", overall.reason(),
                    "components", report.components()));
            return new Answer(status, "application/json", body + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("health is enums and strings", e);
        }
    }

    private void answer(String path, Supplier<Answer> supplier) {
        server.createContext(path, exchange -> {
            try (exchange) {
                if (!exchange.getRequestURI().getPath().equals(path)) {
                    send(exchange, new Answer(404, "text/plain; charset=utf-8", "not found\n"));
                } else if (!exchange.getRequestMethod().equals("GET")) {
                    exchange.getResponseHeaders().set("Allow", "GET");
                    send(exchange, new Answer(405, "text/plain; charset=utf-8", "only GET\n"));
                } else {
                    send(exchange, supplier.get());
                }
            }
        });
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private record Answer(int status, String contentType, String body) {}
}
