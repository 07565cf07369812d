package dev.unitymlops.webhook.send;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import dev.unitymlops.events.WebhookMessage;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Posts one message, signed as Standard Webhooks says, over a connection of its own. Redirects are not followed and no
 * body of an answer is read. Thread-safe.
 */
final class Post implements AutoCloseable {

    /** Connections at a time; those to one endpoint are bounded before they come here. */
    private static final int PLENTY = 100_000;

    private static final int LONGEST_REASON = 300;

    private final Clock clock;
    private final Duration timeout;
    private final ExecutorService lookups = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("webhook-lookup-", 0).factory());
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-deadlines").factory());
    private final CloseableHttpClient http;

    /** @param timeout from the lookup of the host to the status of the answer */
    Post(Reachable reachable, CheckedAddresses.Lookup lookup, Duration timeout, Clock clock) {
        this.clock = clock;
        this.timeout = timeout;
        Timeout each = Timeout.of(timeout);
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new CheckedAddresses(reachable, lookup, lookups, timeout))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(each)
                                .setSocketTimeout(each)
                                .build())
                        .setMaxConnTotal(PLENTY)
                        .setMaxConnPerRoute(PLENTY)
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(each).build())
                // the next message looks the host up again
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("unity-mlops")
                .build();
    }

    /** Returns within the timeout, whatever the receiver does. */
    Answer post(Endpoint endpoint, WebhookMessage message) {
        HttpPost request;
        try {
            request = request(endpoint, message);
        } catch (WebhookSigningException e) {
            return Answer.refusedHere("it could not be signed");
        }
        Future<?> deadline = deadlines.schedule(request::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return sent(HttpHost.create(endpoint.url()), request);
        } catch (IOException | RuntimeException e) {
            return request.isCancelled() || e instanceof SocketTimeoutException ? late() : failed(e);
        } finally {
            deadline.cancel(false);
        }
    }

    private Answer sent(HttpHost host, HttpPost request) throws IOException {
        ClassicHttpResponse response = http.executeOpen(host, request, null);
        try {
            return Answer.status(response.getCode(), retryAfter(response));
        } finally {
            // else closing would read the answer to its end, which may never come
            request.cancel();
            Closer.closeQuietly(response);
        }
    }

    private HttpPost request(Endpoint endpoint, WebhookMessage message) throws WebhookSigningException {
        HttpPost request = new HttpPost(endpoint.url());
        request.setEntity(new StringEntity(message.getBody(), ContentType.APPLICATION_JSON));
        long at = clock.instant().getEpochSecond();
        List<String> signatures = new ArrayList<>();
        for (Webhook signer : endpoint.signers()) {
            signatures.add(signer.sign(message.getWebhookId(), at, message.getBody()));
        }
        request.setHeader("webhook-id", message.getWebhookId());
        request.setHeader("webhook-timestamp", Long.toString(at));
        request.setHeader("webhook-signature", String.join(" ", signatures));
        return request;
    }

    private @Nullable Long retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("retry-after");
        if (header == null || header.getValue() == null) {
            return null;
        }
        String text = header.getValue().strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text)).toMillis();
        }
        Instant date = DateUtils.parseStandardDate(text);
        return date == null
                ? null
                : Math.max(0, Duration.between(clock.instant(), date).toMillis());
    }

    private Answer late() {
        return Answer.none("no answer within " + timeout.toSeconds() + " s");
    }

    private static Answer failed(Exception problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof CheckedAddresses.Forbidden) {
                return Answer.refusedHere(
                        "the host is in a network that is not public; webhook.allowed-networks allows it");
            }
        }
        return switch (problem) {
            case UnknownHostException ignored -> Answer.none("the host has no address");
            case SSLException tls -> Answer.none(cut("TLS: " + tls.getMessage()));
            default -> Answer.none(cut(problem.getClass().getSimpleName() + ": " + problem.getMessage()));
        };
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        lookups.shutdownNow();
        http.close(CloseMode.IMMEDIATE);
    }
}
