package dev.unitymlops.embedded;

/** A broker and a registry on it: all that the services need. */
public final class EmbeddedPlatform implements AutoCloseable {
    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;

    private EmbeddedPlatform(EmbeddedBroker broker, EmbeddedRegistry registry) {
        this.broker = broker;
        this.registry = registry;
    }

    /**
     * Starts both and returns once they serve.
     *
     * @param registryPort where the registry listens on 127.0.0.1; 0 takes any free one
     * @throws EmbeddedStartException when one of them cannot start; then none runs
     */
    public static EmbeddedPlatform start(BrokerOptions options, int registryPort) {
        EmbeddedBroker broker = EmbeddedBroker.start(options);
        try {
            return new EmbeddedPlatform(broker, EmbeddedRegistry.start(broker.bootstrapServers(), registryPort));
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    public EmbeddedBroker broker() {
        return broker;
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** What goes into {@code schema.registry.url}. */
    public String schemaRegistryUrl() {
        return registry.url();
    }

    @Override
    public void close() {
        try (broker) {
            registry.close();
        }
    }
}
