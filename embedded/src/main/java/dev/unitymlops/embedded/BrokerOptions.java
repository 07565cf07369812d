package dev.unitymlops.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How an embedded broker shall run.
 *
 * @param dataDirectory where it keeps everything; created when absent, taken up again when it was a broker's before
 * @param port where clients connect on 127.0.0.1; 0 takes any free one
 * @param fsync whether every append is on the disk before it is acknowledged; without it an acknowledged record
 *     outlives this process (even SIGKILL), but not a power cut
 * @param properties further broker properties, which win over ours
 */
public record BrokerOptions(Path dataDirectory, int port, boolean fsync, Map<String, String> properties) {

    public BrokerOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(
                    "The broker's port is " + port + ": give one from 1 to 65535, or 0 for any free one");
        }
        properties = Map.copyOf(properties);
    }

    /** A broker on any free port, without fsync. */
    public static BrokerOptions in(Path dataDirectory) {
        return new BrokerOptions(dataDirectory, 0, false, Map.of());
    }

    public BrokerOptions onPort(int newPort) {
        return new BrokerOptions(dataDirectory, newPort, fsync, properties);
    }

    public BrokerOptions withFsync(boolean newFsync) {
        return new BrokerOptions(dataDirectory, port, newFsync, properties);
    }

    /** Sets one broker property, as server.properties would. */
    public BrokerOptions with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(key, value);
        return new BrokerOptions(dataDirectory, port, fsync, more);
    }
}
