package dev.unitymlops.testkit;

/** A running broker, wherever it runs. */
interface TestBroker extends AutoCloseable {

    /** The version that the build uses. */
    String CURRENT = "4.3.1";

    /** Starts the one that this machine and {@code -Dtestcontainers} call for, and says so in a line on stderr. */
    static TestBroker start() {
        String asked = System.getProperty("testcontainers");
        if (asked == null) {
            return started(new BrokerInThisJvm(), "an embedded broker (-Dtestcontainers for Kafka in a container)");
        }
        if (BrokerInContainer.isPossible()) {
            String version = asked.matches("\\d.*") ? asked : CURRENT;
            return started(new BrokerInContainer(version), "Kafka " + version + " in a container");
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
