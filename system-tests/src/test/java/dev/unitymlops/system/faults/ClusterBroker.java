package dev.unitymlops.system.faults;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** One of three brokers, each a controller too, with what a cluster needs to lose one of them. */
public final class ClusterBroker {
    private static final String CLUSTER_ID = "ZmF1bHRzLWhhcm5lc3MtMQ";

    private ClusterBroker() {}

    /** Takes its folder, its number from 1, and the ports of all for clients, then those of all for controllers. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int number = Integer.parseInt(arguments[1]);
        List<Integer> ports = List.of(arguments).subList(2, arguments.length).stream()
                .map(Integer::valueOf)
                .toList();
        int brokers = ports.size() / 2;
        format(folder, number);
        Map<String, String> properties =
                properties(folder, number, ports.subList(0, brokers), ports.subList(brokers, 2 * brokers));
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        System.out.println(PlatformPart.READY + ports.get(number - 1));
        server.awaitShutdown();
    }

    private static void format(Path folder, int number) throws Exception {
        String data = folder.resolve("data").toString();
        if (!Files.exists(Path.of(data, MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setClusterId(CLUSTER_ID)
                    .setNodeId(number)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(data)
                    .addDirectory(data)
                    .run();
        }
    }

    private static Map<String, String> properties(
            Path folder, int number, List<Integer> clientPorts, List<Integer> controllerPorts) {
        int port = clientPorts.get(number - 1);
        String voters = IntStream.rangeClosed(1, controllerPorts.size())
                .mapToObj(it -> it + "@127.0.0.1:" + controllerPorts.get(it - 1))
                .collect(Collectors.joining(","));
        Map<String, String> properties = new HashMap<>(Map.of(
                "node.id",
                Integer.toString(number),
                "process.roles",
                "broker,controller",
                "log.dirs",
                folder.resolve("data").toString(),
                "listeners",
                "CLIENTS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPorts.get(number - 1)),
                "advertised.listeners",
                "CLIENTS://localhost:" + port,
                "listener.security.protocol.map",
                "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name",
                "CLIENTS",
                "controller.listener.names",
                "CONTROLLER",
                "controller.quorum.voters",
                voters,
                "auto.create.topics.enable",
                "false"));
        properties.putAll(Map.of(
                "default.replication.factor", "3",
                "min.insync.replicas", "2",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.num.partitions", "1",
                "transaction.state.log.min.isr", "2",
                "group.initial.rebalance.delay.ms", "0",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
                "log.cleaner.dedupe.buffer.size", "2097152",
                "log.cleaner.min.compaction.lag.ms", PlatformPart.NEVER_COMPACTED));
        return properties;
    }
}
