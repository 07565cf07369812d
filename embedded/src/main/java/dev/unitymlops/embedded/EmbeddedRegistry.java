package dev.unitymlops.embedded;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry in this JVM, on 127.0.0.1 only, that speaks what Confluent's Avro serializers ask of one. What is
 * registered outlives the process in a topic of the broker. Threads: a virtual one for each request.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
    private static final int BACKLOG = 128;

    private final HttpServer server;
    private final ExecutorService threads;
    private final SchemaRegistry registry;

    private EmbeddedRegistry(HttpServer server, ExecutorService threads, SchemaRegistry registry) {
        this.server = server;
        this.threads = threads;
        this.registry = registry;
    }

    /** Starts a registry with topic {@code _schemas} and level FULL_TRANSITIVE; port 0 takes any free one. */
    public static EmbeddedRegistry start(String bootstrapServers, int port) {
        return start(RegistryOptions.on(bootstrapServers).onPort(port));
    }

    /**
     * Starts a registry and returns once it serves all that its topic holds.
     *
     * @throws EmbeddedStartException when the port is taken or the topic cannot be used
     */
    public static EmbeddedRegistry start(RegistryOptions options) {
        HttpServer server = bind(options.port());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            SchemaRegistry registry = new SchemaRegistry(options);
            server.setExecutor(threads);
            server.createContext("/", new RegistryHandler(new RegistryRoutes(registry).all()));
            server.start();
            EmbeddedRegistry started = new EmbeddedRegistry(server, threads, registry);
            LOG.info("Schema registry started url={} topic={}", started.url(), options.topic());
            return started;
        } catch (RuntimeException e) {
            server.stop(0);
            threads.close();
            throw e;
        }
    }

    /** What goes into {@code schema.registry.url}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
        registry.close();
    }

    private static HttpServer bind(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(LoopbackListeners.loopback(), port), BACKLOG);
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "The schema registry cannot listen on 127.0.0.1:" + port + ": " + e.getMessage()
                            + ". Stop what uses this port, or choose another, or 0 for any free one.",
                    e);
        }
    }
}
