package dev.unitymlops.runtime;

import java.util.List;
import java.util.function.Function;

/**
 * A service: its name, how its settings are read, and what it is made of.
 *
 * <pre>{@code
 * static final Service<BuildConfig> SERVICE = new Service<>("build-service", BuildConfig::from, BuildMain::components);
 *
 * public static void main(String[] args) {
 *     System.exit(SERVICE.run(args));
 * }
 * }</pre>
 *
 * <p>Several services in one process: {@link RunningServices#start}.
 *
 * @param config makes the configuration record
 * @param use what it does on a Kafka cluster
 * @param <C> the configuration record
 */
public record Service<C>(String name, Function<Settings.Reader, C> config, Wiring<C> wiring, ClusterUse use) {

    /** One that uses no cluster. */
    public Service(String name, Function<Settings.Reader, C> config, Wiring<C> wiring) {
        this(name, config, wiring, ClusterUse.none(name));
    }

    /** Wires a service by hand. Constructors open nothing; {@link Component#start} does. */
    @FunctionalInterface
    public interface Wiring<C> {
        /** The components in the order in which they start. */
        List<Component> components(C config, Metrics metrics);
    }

    /** Runs this service as the process, until SIGTERM, SIGINT or a fatal failure; the result is the exit code. */
    public int run(String... arguments) {
        return new ServiceProcess(this).run(List.of(arguments), System.getenv()).code();
    }
}
