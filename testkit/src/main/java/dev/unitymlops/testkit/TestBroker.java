package dev.unitymlops.testkit;

/** A running broker, wherever it runs. */
interface TestBroker extends AutoCloseable {

    /** Starts the one that this machine and {@code -Dtestcontainers} call for, and says so in a line on stderr. */
    static TestBroker start() {
        if (System.getProperty("testcontainers") == null) {
            return started(new BrokerInThisJvm(), "an embedded broker (-Dtestcontainers for Kafka in a container)");
        }
        if (BrokerInContainer.isPossible()) {
            return started(new BrokerInContainer(), "Kafka in a container");
        }
        return started(new BrokerInThisJvm(), "an embedded broker: -Dtestcontainers was given, but no Docker answers");
    }

    String bootstrapServers();

    @Override
    void close();

    private static TestBroker started(TestBroker broker, String kind) {
        System.err.println("Tests run on " + kind + ", " + broker.bootstrapServers());
        return broker;
    }
}
