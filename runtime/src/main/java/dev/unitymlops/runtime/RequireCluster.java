package dev.unitymlops.runtime;

import dev.unitymlops.schemas.TopicSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * The first component of a service that uses Kafka: it starts when brokers and registry answer, the topics are there and
 * their schemas registered, so that what starts after it need not wait.
 */
public final class RequireCluster implements Component {
    private static final Backoff BETWEEN_TRIES = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), 0.25);
    private static final int CONNECT_MILLIS = 2000;

    private final KafkaClients clients;
    private final TopicSettings topics;
    private final ClusterUse use;
    private final List<TopicSpec> required;

    public RequireCluster(KafkaClients clients, TopicSettings topics, ClusterUse use) {
        this(clients, topics, use, List.of());
    }

    /**
     * For one that also creates, where it may create any, topics of others: so whoever starts first, they are there.
     *
     * @param ofOthers topics that it neither reads nor writes
     */
    public RequireCluster(KafkaClients clients, TopicSettings topics, ClusterUse use, List<TopicSpec> ofOthers) {
        this.clients = clients;
        this.topics = topics;
        this.use = use;
        this.required = topics.create()
                ? ClusterUse.each(Stream.concat(use.topics().stream(), ofOthers.stream()))
                : use.topics();
    }

    @Override
    public String name() {
        return "cluster";
    }

    /**
     * @throws Unreachable when brokers or registry do not answer in time
     * @throws MissingHere when rights are missing, or topics or schemas that may not be created, or when topics or schemas
     *     are there in another way
     */
    @Override
    public void start(OnFatal onFatal) throws InterruptedException {
        KafkaSettings settings = clients.settings();
        awaitRegistry(settings.registryUrl(), settings.startTimeout());
        try {
            ensureTopics(settings.startTimeout());
            new RegisterSchemas(clients, topics).ensure(required);
        } catch (KafkaException e) {
            if (e.getCause() instanceof ConfigException unusable) {
                throw new Unreachable(
                        "bootstrap.servers = " + settings.bootstrapServers() + " cannot be used: "
                                + unusable.getMessage(),
                        e);
            }
            if (e.getCause() instanceof AuthorizationException) {
                throw new MissingHere(
                        "The cluster does not allow " + settings.principal() + " to create topics or to look at"
                                + " them: " + e.getCause().getMessage()
                                + ". Where only an admin may, let one run mlops topics apply and set topics.create to"
                                + " false; mlops topics acls prints what a service must be allowed");
            }
            throw e;
        }
    }

    private void ensureTopics(Duration timeout) throws InterruptedException {
        Admin admin = clients.admin("cluster");
        try {
            new RequireRights(admin, timeout)
                    .check(use, topics, clients.settings().principal());
            new TopicCreator(admin, topics, timeout).ensure(required);
        } finally {
            // A plain close waits a minute for requests to brokers that do not answer.
            admin.close(Duration.ZERO);
        }
    }

    @Override
    public void close() {}

    @Override
    public Health check() {
        return Health.up();
    }

    /** One answer of one address is enough; who is asked, TLS and passwords are the registry client's business. */
    private static void awaitRegistry(String urls, Duration timeout) throws InterruptedException {
        List<URI> addresses = Arrays.stream(urls.split(",", -1))
                .map(url -> URI.create(url.strip()))
                .filter(url -> url.getHost() != null && !"mock".equals(url.getScheme()))
                .toList();
        long deadline = System.nanoTime() + timeout.toNanos();
        for (int failures = 1; !addresses.isEmpty(); failures++) {
            IOException refused = connectAny(addresses);
            if (refused == null) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new Unreachable(
                        "The schema registry at " + KafkaSettings.withoutUserInfo(urls) + " did not answer within "
                                + timeout.toSeconds() + " s; see that it runs and that schema.registry.url is right",
                        refused);
            }
            TimeUnit.NANOSECONDS.sleep(
                    BETWEEN_TRIES.after(failures, RandomGenerator.getDefault()).toNanos());
        }
    }

    /** Null when one of them takes a connection. */
    private static @Nullable IOException connectAny(List<URI> addresses) {
        var failed = new IOException("no address answered");
        for (URI address : addresses) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(address.getHost(), port(address)), CONNECT_MILLIS);
                return null;
            } catch (IOException e) {
                failed.addSuppressed(e);
            }
        }
        return failed;
    }

    private static int port(URI address) {
        int standard = "https".equals(address.getScheme()) ? 443 : 80;
        return address.getPort() > 0 ? address.getPort() : standard;
    }
}
