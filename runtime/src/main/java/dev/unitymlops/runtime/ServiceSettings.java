package dev.unitymlops.runtime;

import java.time.Duration;

/**
 * The settings that every process has.
 *
 * @param opsPort TCP port; 0: any free one; negative: no ops server
 */
record ServiceSettings(String opsHost, int opsPort, Duration drainTimeout) {
    static ServiceSettings from(Settings.Reader s) {
        return new ServiceSettings(
                s.key("http.host", "Address that the ops server binds to.").text("127.0.0.1"),
                s.key("http.port", "TCP port of /metrics, /health and /live; 0: any free one; -1: none.")
                        .count(0, -1, 65535),
                s.key("service.drain-timeout", "How long running work may take to come to an end at SIGTERM.")
                        .duration(Duration.ofSeconds(60)));
    }
}
