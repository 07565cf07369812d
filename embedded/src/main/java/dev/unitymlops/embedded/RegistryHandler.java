package dev.unitymlops.embedded;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of an exchange and writes its answer, or its refusal, as JSON. */
final class RegistryHandler implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryHandler.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Route> routes;

    RegistryHandler(List<Route> routes) {
        this.routes = routes;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            try {
                Object answer = answer(exchange, body);
                send(
                        exchange,
                        200,
                        answer instanceof RawJson(String text)
                                ? text.getBytes(StandardCharsets.UTF_8)
                                : JSON.writeValueAsBytes(answer));
            } catch (RegistryException e) {
                refuse(exchange, e.status(), e.errorCode(), e.getMessage());
            } catch (RuntimeException e) {
                LOG.error(
                        "Request failed method={} path={}",
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getRawPath(),
                        e);
                refuse(exchange, 500, 50001, "Error in the registry: " + e);
            }
        }
    }

    private Object answer(HttpExchange exchange, String body) {
        String path = exchange.getRequestURI().getRawPath();
        boolean pathIsKnown = false;
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(path);
            if (variables.isPresent() && route.method().equals(exchange.getRequestMethod())) {
                Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
                return route.answer().apply(new RegistryRequest(variables.get(), query, body));
            }
            pathIsKnown |= variables.isPresent();
        }
        throw pathIsKnown
                ? RegistryException.methodNotAllowed(exchange.getRequestMethod())
                : RegistryException.unknownPath();
    }

    private static void refuse(HttpExchange exchange, int status, int code, @Nullable String message)
            throws IOException {
        send(exchange, status, JSON.writeValueAsBytes(Map.of("error_code", code, "message", String.valueOf(message))));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> query(@Nullable String rawQuery) {
        Map<String, String> query = new HashMap<>();
        if (rawQuery == null) {
            return query;
        }
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.put(
                    URLDecoder.decode(name, StandardCharsets.UTF_8), URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return query;
    }
}
