package dev.unitymlops.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.FaultHandlerFactory;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ProcessRole;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Controller and broker of Kafka as one node. The only class that uses what Kafka does not publish as its API: a new
 * Kafka version is tried out here. {@code KafkaRaftServer} would do the same in fewer lines, but binds the sockets
 * itself.
 */
final class KraftNode implements AutoCloseable {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final String clusterId;
    private final Optional<ControllerServer> controller;
    private final BrokerServer broker;

    private KraftNode(String clusterId, Optional<ControllerServer> controller, BrokerServer broker) {
        this.clusterId = clusterId;
        this.controller = controller;
        this.broker = broker;
    }

    /**
     * Starts it and returns once it serves.
     *
     * @param newClusterId of the cluster, if the directory is new
     * @param fatal is told what it cannot survive from then on
     */
    static KraftNode start(
            Map<String, String> properties, String newClusterId, LoopbackListeners listeners, Consumer<Throwable> fatal)
            throws Exception {
        KafkaConfig config = new KafkaConfig(properties, false);
        format(config, newClusterId);
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> directories =
                KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(KraftNode.class), "");
        SharedServer shared = new SharedServer(
                config,
                directories._1(),
                Time.SYSTEM,
                new Metrics(),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                faultHandlers(fatal),
                (listener, address, backlog, receiveBuffer) -> listeners.take(address.getPort()));
        Optional<ControllerServer> controller = config.processRoles().contains(ProcessRole.ControllerRole)
                ? Optional.of(new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2()))
                : Optional.empty();
        KraftNode node =
                new KraftNode(directories._1().clusterId().orElse(newClusterId), controller, new BrokerServer(shared));
        node.startup();
        return node;
    }

    private void startup() {
        try {
            controller.ifPresent(ControllerServer::startup);
            broker.startup();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static void format(KafkaConfig config, String clusterId) throws Exception {
        if (Files.exists(Path.of(config.metadataLogDir(), MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setClusterId(clusterId)
                .setNodeId(config.nodeId())
                .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(config.metadataLogDir())
                .addDirectory(config.metadataLogDir())
                .run();
    }

    private static FaultHandlerFactory faultHandlers(Consumer<Throwable> fatal) {
        return (name, isFatal, action) -> {
            LoggingFaultHandler logging = new LoggingFaultHandler(name, action);
            if (!isFatal) {
                return logging;
            }
            return (message, cause) -> {
                RuntimeException fault = logging.handleFault(message, cause);
                fatal.accept(fault);
                return fault;
            };
        };
    }

    String clusterId() {
        return clusterId;
    }

    /** Whether a directory of this node has failed: then Kafka would have ended the process. */
    boolean hasLostItsDirectory() {
        return broker.logManager() != null && broker.logManager().liveLogDirs().isEmpty();
    }

    @Override
    public void close() {
        // the broker first: it takes its leave from the controller
        broker.shutdown(STOP_WITHIN);
        controller.ifPresent(ControllerServer::shutdown);
    }
}
