package dev.unitymlops.cli.platform;

import dev.unitymlops.embedded.BrokerOptions;
import dev.unitymlops.embedded.EmbeddedPlatform;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.runtime.Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** A broker, a schema registry and services in this process. */
final class OwnPlatform implements AutoCloseable {
    private final EmbeddedPlatform platform;
    private final RunningServices services;

    private OwnPlatform(EmbeddedPlatform platform, RunningServices services) {
        this.platform = platform;
        this.services = services;
    }

    /**
     * Starts all and returns once all serve.
     *
     * @param settings the services' settings, of the addresses of brokers and registry
     */
    static OwnPlatform start(
            BrokerOptions broker,
            int registryPort,
            List<Service<?>> services,
            BiFunction<String, String, Settings> settings)
            throws Exception {
        EmbeddedPlatform platform = EmbeddedPlatform.start(broker, registryPort);
        try {
            Settings own = settings.apply(platform.bootstrapServers(), platform.schemaRegistryUrl());
            return new OwnPlatform(platform, RunningServices.start(own, services));
        } catch (Exception | Error e) {
            platform.close();
            throw e;
        }
    }

    String bootstrapServers() {
        return platform.bootstrapServers();
    }

    String schemaRegistryUrl() {
        return platform.schemaRegistryUrl();
    }

    Optional<URI> ops() {
        return Optional.ofNullable(services.opsAddress());
    }

    /** Completes with the reason when a part cannot go on. */
    CompletableFuture<Throwable> broken() {
        return services.fatal()
                .applyToEither(platform.broker().failure(), reason -> reason)
                .toCompletableFuture();
    }

    /** Lets running work come to its end, as far as its time goes. */
    void drain() throws InterruptedException {
        services.drain();
    }

    @Override
    public void close() {
        try (platform) {
            services.close();
        }
    }
}
