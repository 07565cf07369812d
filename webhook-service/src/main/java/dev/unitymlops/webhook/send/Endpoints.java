package dev.unitymlops.webhook.send;

import com.standardwebhooks.Webhook;
import dev.unitymlops.webhook.queue.Outbox.Address;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@code webhook_url} stands for: an endpoint of the settings, or a URL that is signed with the default secret. */
public final class Endpoints {

    /** Before the name of an endpoint. */
    static final String NAMED = "endpoint:";

    private static final String UNREADABLE = "unreadable";

    private final Map<String, Endpoint> named;
    private final List<Webhook> forPlainUrls;

    /** An endpoint, or the reason why there is none. */
    sealed interface Found {
        record There(Endpoint endpoint) implements Found {}

        record Missing(Address address, String reason) implements Found {}
    }

    Endpoints(Map<String, Endpoint> named, List<Webhook> forPlainUrls) {
        this.named = Map.copyOf(named);
        this.forPlainUrls = List.copyOf(forPlainUrls);
    }

    /** Whether URLs of jobs can be signed; without a secret nothing goes to them. */
    boolean signsPlainUrls() {
        return !forPlainUrls.isEmpty();
    }

    static Endpoint named(String name, URI url, List<Webhook> signers) {
        return new Endpoint(name, NAMED + name + "#" + fingerprint(url), url, signers);
    }

    Found find(String webhookUrl) {
        return webhookUrl.startsWith(NAMED) ? byName(webhookUrl) : plain(webhookUrl);
    }

    /** Its name and what a 410 from it disables. */
    Address address(String webhookUrl) {
        return switch (find(webhookUrl)) {
            case Found.There there ->
                new Address(there.endpoint().shown(), there.endpoint().target());
            case Found.Missing missing -> missing.address();
        };
    }

    private Found byName(String webhookUrl) {
        String name = webhookUrl.substring(NAMED.length());
        Endpoint endpoint = named.get(name);
        return endpoint != null
                ? new Found.There(endpoint)
                : new Found.Missing(
                        new Address(name, webhookUrl), "webhook-service has no endpoint of this name in its settings");
    }

    private Found plain(String webhookUrl) {
        URI url = plainUrl(webhookUrl);
        if (url == null) {
            return new Found.Missing(
                    new Address(UNREADABLE, UNREADABLE),
                    "webhook_url is not a plain http or https URL: without user info, query and fragment");
        }
        String shown = origin(url);
        return forPlainUrls.isEmpty()
                ? new Found.Missing(
                        new Address(shown, webhookUrl),
                        "it could not be signed: set webhook.secret, or give the endpoint a name and a secret")
                : new Found.There(new Endpoint(shown, webhookUrl, url, forPlainUrls));
    }

    private static @Nullable URI plainUrl(String text) {
        try {
            URI url = new URI(text);
            boolean plain = isHttp(url)
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null;
            return plain ? url : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    static boolean isHttp(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https")) && url.getHost() != null;
    }

    private static String origin(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    private static String fingerprint(URI url) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(url.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
