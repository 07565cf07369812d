package dev.unitymlops.embedded;

import java.util.HashMap;
import java.util.Map;

/** The settings of a broker that is alone: the defaults of Kafka are for a cluster with three of them. */
final class BrokerProperties {
    static final int NODE_ID = 1;
    static final String CLIENT_LISTENER = "CLIENTS";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private BrokerProperties() {}

    static Map<String, String> of(BrokerOptions options, int clientPort, int controllerPort) {
        Map<String, String> properties = new HashMap<>();
        identity(properties, clientPort, controllerPort);
        properties.put("log.dirs", options.dataDirectory().toAbsolutePath().toString());
        oneReplica(properties);
        promptness(properties);
        footprint(properties);
        if (options.fsync()) {
            properties.put("log.flush.interval.messages", "1");
        }
        BrokerOptions.Membership membership = options.membership();
        if (membership != null) {
            member(properties, membership, clientPort);
        }
        properties.putAll(options.properties());
        return properties;
    }

    private static void identity(Map<String, String> properties, int clientPort, int controllerPort) {
        properties.put("node.id", String.valueOf(NODE_ID));
        properties.put("process.roles", "broker,controller");
        String clients = CLIENT_LISTENER + "://127.0.0.1:" + clientPort;
        String controller = CONTROLLER_LISTENER + "://127.0.0.1:" + controllerPort;
        properties.put("listeners", clients + "," + controller);
        properties.put("advertised.listeners", clients + "," + controller);
        properties.put(
                "listener.security.protocol.map", CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        properties.put("inter.broker.listener.name", CLIENT_LISTENER);
        properties.put("controller.listener.names", CONTROLLER_LISTENER);
        // static voters: unlike a dynamic quorum's, their port is not written down, so it may differ at the next start
        properties.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        properties.put("auto.create.topics.enable", "false");
    }

    /** A broker without a controller of its own. */
    private static void member(Map<String, String> properties, BrokerOptions.Membership membership, int clientPort) {
        properties.put("node.id", String.valueOf(membership.nodeId()));
        properties.put("process.roles", "broker");
        String clients = CLIENT_LISTENER + "://127.0.0.1:" + clientPort;
        properties.put("listeners", clients);
        properties.put("advertised.listeners", clients);
        properties.put("controller.quorum.voters", NODE_ID + "@" + membership.controller());
    }

    private static void oneReplica(Map<String, String> properties) {
        properties.put("default.replication.factor", "1");
        properties.put("min.insync.replicas", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
    }

    private static void promptness(Map<String, String> properties) {
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("group.share.heartbeat.interval.ms", "500");
        properties.put("group.share.min.heartbeat.interval.ms", "500");
        properties.put("group.share.assignment.interval.ms", "0");
        // after SIGKILL the controller waits this long before it lets the same broker in again (9 s by default)
        properties.put("broker.session.timeout.ms", "1500");
        properties.put("broker.heartbeat.interval.ms", "500");
        // back-to-back transactions otherwise wait 20 ms each for the markers of the last one
        properties.put("add.partitions.to.txn.retry.backoff.ms", "1");
        // a killed client's transaction hides its partitions' records until this looks at it (10 s by default)
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    }

    private static void footprint(Map<String, String> properties) {
        // the cleaner takes this much heap at the start (128 MiB by default); 2 MiB index 87,000 keys in one pass
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        // read whole by the coordinators at every start
        properties.put("offsets.topic.segment.bytes", "4194304");
        properties.put("transaction.state.log.segment.bytes", "4194304");
        properties.put("share.coordinator.state.topic.segment.bytes", "4194304");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
    }
}
