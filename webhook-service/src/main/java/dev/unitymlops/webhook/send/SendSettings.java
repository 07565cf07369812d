package dev.unitymlops.webhook.send;

import dev.unitymlops.runtime.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How messages are sent.
 *
 * @param timeout from the lookup of the host to the status of the answer
 * @param atATime to one endpoint
 */
public record SendSettings(Endpoints endpoints, Reachable reachable, Duration timeout, int atATime) {

    private static final String ALLOWED = "webhook.allowed-networks";

    public static SendSettings from(Settings.Reader s) {
        return new SendSettings(
                ReadEndpoints.from(s),
                reachable(s),
                s.key("webhook.timeout", "How long a receiver may take to answer.")
                        .duration(Duration.ofSeconds(10)),
                s.key("webhook.endpoint-concurrency", "Messages under way to one endpoint at a time.")
                        .count(4, 1, 256));
    }

    private static Reachable reachable(Settings.Reader s) {
        List<String> allowed = s.key(
                        ALLOWED, "Hosts, addresses and networks that may be called although they are not public.")
                .list(List.of());
        try {
            return new Reachable(allowed);
        } catch (IllegalArgumentException e) {
            s.problem(
                    ALLOWED,
                    String.join(",", allowed),
                    String.valueOf(e.getMessage()),
                    "write hosts, addresses or CIDRs between commas");
            return new Reachable(List.of());
        }
    }
}
