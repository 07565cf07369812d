package dev.unitymlops.build.script;

import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Fetches over http(s) what a job points at. A job must not reach into the build host's network through it, so a host
 * whose address is private, loopback or link-local is refused unless the settings list it; redirects are not followed.
 */
public final class HttpSource implements RemoteSource {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> allowedHosts;
    private final HttpClient http;

    /**
     * A source that is asked directly, without a proxy.
     *
     * @param allowedHosts hosts that may have any address, in lower case
     */
    public HttpSource(List<String> allowedHosts) {
        this.allowedHosts = List.copyOf(allowedHosts);
        this.http = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public byte[] fetch(URI uri, int mostBytes) throws StageFailure, InterruptedException {
        requireAllowed(uri);
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                requireOk(uri, answer.statusCode());
                return readInTime(body, mostBytes + 1);
            }
        } catch (IOException broken) {
            throw StageFailure.infrastructure("behaviour_source.uri '" + uri + "' cannot be fetched: " + broken)
                    .because(broken);
        }
    }

    /** The request's timeout ends with the headers; a body that only trickles is cut off here. */
    private static byte[] readInTime(InputStream body, int mostBytes) throws IOException {
        CompletableFuture<Void> cutOff =
                new CompletableFuture<Void>().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        CompletableFuture<Void> unused = cutOff.whenComplete((none, timeout) -> close(body));
        try {
            return body.readNBytes(mostBytes);
        } finally {
            cutOff.complete(null);
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void requireAllowed(URI uri) throws StageFailure {
        String host = uri.getHost();
        if (host == null || uri.getUserInfo() != null) {
            throw StageFailure.user("behaviour_source.uri needs a host and no user info; hand over a plain https: URI");
        }
        if (allowedHosts.contains(host.toLowerCase(Locale.ROOT))) {
            return;
        }
        for (InetAddress address : addresses(host)) {
            if (isInternal(address)) {
                throw StageFailure.user(
                        "behaviour_source.uri points at " + host + ", which is " + address.getHostAddress()
                                + " inside the build host's network; list the host in behaviour-source.hosts to allow it");
            }
        }
    }

    private static InetAddress[] addresses(String host) throws StageFailure {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw StageFailure.infrastructure(
                            "behaviour_source.uri names the host " + host + ", which is not known here")
                    .because(unknown);
        }
    }

    private static boolean isInternal(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean carrierGrade = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
        return uniqueLocal
                || carrierGrade
                || address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }

    private static void requireOk(URI uri, int status) throws StageFailure {
        if (status == 200) {
            return;
        }
        String message = "behaviour_source.uri '" + uri + "' answered " + status;
        throw status >= 500 || status == 429
                ? StageFailure.infrastructure(message)
                : StageFailure.user(message + "; it must answer 200 itself, redirects are not followed");
    }
}
