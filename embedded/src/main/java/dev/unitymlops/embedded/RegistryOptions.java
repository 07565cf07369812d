package dev.unitymlops.embedded;

/**
 * How an embedded registry shall run.
 *
 * @param bootstrapServers the broker that keeps its topic
 * @param port where it listens on 127.0.0.1; 0 takes any free one
 * @param topic what it remembers, in one compacted partition; created when absent
 * @param defaultCompatibility level of the subjects for which no other was set
 */
public record RegistryOptions(
        String bootstrapServers, int port, String topic, CompatibilityLevel defaultCompatibility) {

    /** On any free port, with topic {@code _schemas} and level FULL_TRANSITIVE. */
    public static RegistryOptions on(String bootstrapServers) {
        return new RegistryOptions(bootstrapServers, 0, "_schemas", CompatibilityLevel.FULL_TRANSITIVE);
    }

    public RegistryOptions onPort(int newPort) {
        return new RegistryOptions(bootstrapServers, newPort, topic, defaultCompatibility);
    }

    public RegistryOptions withTopic(String newTopic) {
        return new RegistryOptions(bootstrapServers, port, newTopic, defaultCompatibility);
    }

    public RegistryOptions withDefaultCompatibility(CompatibilityLevel level) {
        return new RegistryOptions(bootstrapServers, port, topic, level);
    }
}
