package dev.unitymlops.registry.mlflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Sends requests to a tracking server and waits for whole answers, for so long at most. Thread-safe. */
final class MlflowHttp {

    private final HttpClient client;
    private final URI server;
    private final Credentials credentials;

    /** @param client follows no redirects, which would take the credentials elsewhere */
    MlflowHttp(HttpClient client, URI server, Credentials credentials) {
        this.client = client;
        this.server = server;
        this.credentials = credentials;
    }

    URI server() {
        return server;
    }

    /** @param path below the server's address, with a slash in front, not escaped */
    URI uri(String path, Map<String, String> query) {
        String asked = query.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create(server + escaped(path) + (asked.isEmpty() ? "" : "?" + asked));
    }

    private static String escaped(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    /** The answer's text. */
    String text(HttpRequest.Builder request, Duration atMost) throws MlflowFailure, IOException, InterruptedException {
        return send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), atMost);
    }

    /**
     * Sends a request.
     *
     * @param handler is asked of a success only; its {@link UncheckedIOException} is no failure of the server's
     */
    <T> T send(HttpRequest.Builder request, BodyHandler<T> handler, Duration atMost)
            throws MlflowFailure, IOException, InterruptedException {
        credentials.authorize(request);
        CompletableFuture<HttpResponse<Answer<T>>> sent = client.sendAsync(request.build(), answered(handler));
        try {
            HttpResponse<Answer<T>> response = sent.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return switch (response.body()) {
                case Answer.Success<T> success -> success.body();
                case Answer.Refusal<T> refusal ->
                    throw MlflowFailure.refused(response.statusCode(), response.headers(), refusal.text());
            };
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw MlflowFailure.unanswered(new HttpTimeoutException("no whole answer within " + atMost));
        } catch (InterruptedException e) {
            sent.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw MlflowFailure.unanswered(io);
            }
            if (e.getCause() instanceof UncheckedIOException local) {
                throw new IOException(String.valueOf(local.getMessage()), local);
            }
            throw new IllegalStateException("the HTTP client failed", e.getCause());
        }
    }

    private sealed interface Answer<T> {
        record Success<T>(T body) implements Answer<T> {}

        record Refusal<T>(String text) implements Answer<T> {}
    }

    private static <T> BodyHandler<Answer<T>> answered(BodyHandler<T> handler) {
        return info -> info.statusCode() / 100 == 2
                ? BodySubscribers.mapping(handler.apply(info), Answer.Success::new)
                : BodySubscribers.mapping(BodySubscribers.ofString(StandardCharsets.UTF_8), Answer.Refusal::new);
    }
}
