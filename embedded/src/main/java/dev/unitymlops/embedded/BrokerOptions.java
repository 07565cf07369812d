package dev.unitymlops.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an embedded broker shall run.
 *
 * @param dataDirectory where it keeps everything; created when absent, taken up again when it was a broker's before
 * @param port where clients connect on 127.0.0.1; 0 takes any free one
 * @param fsync whether every append is on the disk before it is acknowledged; without it an acknowledged record
 *     outlives this process (even SIGKILL), but not a power cut
 * @param properties further broker properties, which win over ours
 * @param membership the cluster that it joins; null for one of its own
 */
public record BrokerOptions(
        Path dataDirectory,
        int port,
        boolean fsync,
        Map<String, String> properties,
        @Nullable Membership membership) {

    /**
     * A place in another broker's cluster.
     *
     * @param nodeId number that no other broker of it has
     * @param controller address of its only controller
     */
    record Membership(int nodeId, String clusterId, String controller) {}

    public BrokerOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(
                    "The broker's port is " + port + ": give one from 1 to 65535, or 0 for any free one");
        }
        properties = Map.copyOf(properties);
    }

    /** A broker on any free port, without fsync. */
    public static BrokerOptions in(Path dataDirectory) {
        return new BrokerOptions(dataDirectory, 0, false, Map.of(), null);
    }

    public BrokerOptions onPort(int newPort) {
        return new BrokerOptions(dataDirectory, newPort, fsync, properties, membership);
    }

    public BrokerOptions withFsync(boolean newFsync) {
        return new BrokerOptions(dataDirectory, port, newFsync, properties, membership);
    }

    /** Sets one broker property, as server.properties would. */
    public BrokerOptions with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(key, value);
        return new BrokerOptions(dataDirectory, port, fsync, more, membership);
    }

    /**
     * Makes it a further broker of a running one's cluster, which keeps the controller: it must be closed last.
     *
     * @param nodeId 2 or more, each once
     */
    public BrokerOptions joining(EmbeddedBroker first, int nodeId) {
        return new BrokerOptions(
                dataDirectory, port, fsync, properties, new Membership(nodeId, first.clusterId(), first.controller()));
    }
}
