package dev.unitymlops.cloudstorage;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a Google Cloud service is called instead of its own address.
 *
 * @param plaintext whether it is called without TLS; then no credential is sent to it either
 */
public record Endpoint(String host, int port, boolean plaintext) {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /**
     * Reads {@code https://host[:port]} or, for a stand-in, {@code http://host[:port]}.
     *
     * @throws IllegalArgumentException when it is something else; its message does not show what may be a password
     */
    public static Endpoint parse(String text) {
        try {
            URI uri = new URI(text);
            boolean plaintext = "http".equals(uri.getScheme());
            boolean known = plaintext || "https".equals(uri.getScheme());
            String rest = uri.getPath() == null ? "" : uri.getPath();
            if (!known || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
                throw unreadable(text);
            }
            if (!rest.isEmpty() && !rest.equals("/")) {
                throw unreadable(text);
            }
            int port = uri.getPort() >= 0 ? uri.getPort() : plaintext ? HTTP : HTTPS;
            return new Endpoint(uri.getHost(), port, plaintext);
        } catch (URISyntaxException noUri) {
            throw unreadable(text);
        }
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException((text.contains("@") ? "what is given" : "'" + text + "'")
                + " is no address; write https://host:port, or http://host:port for a stand-in");
    }

    /** {@code host:port}. */
    public String authority() {
        return host + ":" + port;
    }

    /** With its scheme. */
    public String url() {
        return (plaintext ? "http://" : "https://") + authority();
    }
}
