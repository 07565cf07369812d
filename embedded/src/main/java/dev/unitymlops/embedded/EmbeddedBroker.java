package dev.unitymlops.embedded;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker in this JVM, on 127.0.0.1 only, with its own controller (KRaft) and everything in one directory. It
 * may come back on the same directory after any end, SIGKILL included, also on another port. Threads: Kafka's own; all
 * methods may be called from any.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    private final DirectoryLock lock;
    private final String bootstrapServers;
    private final String controller;
    private final KraftNode node;
    private final CompletableFuture<Throwable> failure;

    private EmbeddedBroker(
            DirectoryLock lock,
            String bootstrapServers,
            String controller,
            KraftNode node,
            CompletableFuture<Throwable> failure) {
        this.lock = lock;
        this.bootstrapServers = bootstrapServers;
        this.controller = controller;
        this.node = node;
        this.failure = failure;
    }

    /**
     * Starts a broker and returns once it serves.
     *
     * @throws EmbeddedStartException when the directory is another broker's or the port is taken, or Kafka refuses
     */
    public static EmbeddedBroker start(BrokerOptions options) {
        DirectoryLock lock = DirectoryLock.hold(options.dataDirectory());
        try {
            return start(options, lock);
        } catch (RuntimeException e) {
            closeAfter(e, lock);
            throw e;
        }
    }

    private static EmbeddedBroker start(BrokerOptions options, DirectoryLock lock) {
        HaltInterception.install();
        LoopbackListeners listeners = LoopbackListeners.bind(options.port());
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        try {
            var properties = BrokerProperties.of(options, listeners.clientPort(), listeners.controllerPort());
            KraftNode node = KraftNode.start(properties, clusterId(options), listeners, failure::complete);
            String address = "127.0.0.1:" + listeners.clientPort();
            EmbeddedBroker broker =
                    new EmbeddedBroker(lock, address, "127.0.0.1:" + listeners.controllerPort(), node, failure);
            HaltInterception.cover(broker);
            LOG.info("Broker started address={} dataDirectory={}", address, options.dataDirectory());
            return broker;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            EmbeddedStartException refused = new EmbeddedStartException(
                    "The broker cannot start on " + options.dataDirectory() + ": "
                            + rootOf(e).getMessage()
                            + ". If the directory holds nothing you need, remove it and start again.",
                    e);
            closeAfter(refused, listeners);
            throw refused;
        }
    }

    private static String clusterId(BrokerOptions options) {
        BrokerOptions.Membership membership = options.membership();
        return membership == null ? Uuid.randomUuid().toString() : membership.clusterId();
    }

    String clusterId() {
        return node.clusterId();
    }

    /** Address of its own controller, for further brokers. */
    String controller() {
        return controller;
    }

    /** Where clients connect, {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * Completes, with the reason, when the broker can serve no longer though nobody closed it: its directory is lost or
     * its disk is full. It is then to be closed; another may be started.
     */
    public CompletionStage<Throwable> failure() {
        return failure.minimalCompletionStage();
    }

    boolean hasLostItsDirectory() {
        return node.hasLostItsDirectory();
    }

    void fail(Throwable reason) {
        if (failure.complete(reason)) {
            LOG.error("Broker failed address={} reason={}", bootstrapServers, reason.getMessage());
        }
    }

    @Override
    public void close() {
        try (lock) {
            node.close();
        } catch (IOException e) {
            LOG.warn("The lock of the data directory was not given back address={}", bootstrapServers, e);
        } finally {
            HaltInterception.uncover(this);
        }
    }

    private static Throwable rootOf(Throwable thrown) {
        return thrown.getCause() == null ? thrown : rootOf(thrown.getCause());
    }

    private static void closeAfter(RuntimeException thrown, AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            thrown.addSuppressed(e);
        }
    }
}
