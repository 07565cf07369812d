package dev.unitymlops.runtime;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One or more services that run in this process, with one bag of settings and one ops server. */
public final class RunningServices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningServices.class);

    private final Duration drainTimeout;
    private final Metrics metrics = new Metrics();
    private final Components components = new Components();
    private final CompletableFuture<Throwable> fatal = new CompletableFuture<>();
    private @Nullable OpsServer ops;
    private boolean closed;

    private RunningServices(ServiceSettings settings) {
        this.drainTimeout = settings.drainTimeout();
    }

    /**
     * Reads the settings of all, wires all, starts all, in this order.
     *
     * @throws InvalidSettings with every problem of every service, before anything starts
     * @throws Exception what a component could not start for; what had started is closed again
     */
    public static RunningServices start(Settings settings, List<? extends Service<?>> services) throws Exception {
        Settings.Reader reader = settings.reader();
        var own = ServiceSettings.from(reader);
        var running = new RunningServices(own);
        try {
            running.start(own, reader, services);
            return running;
        } catch (Exception | Error e) {
            running.close();
            throw e;
        }
    }

    private void start(ServiceSettings own, Settings.Reader reader, List<? extends Service<?>> services)
            throws Exception {
        var wirings = new ArrayList<Runnable>();
        for (Service<?> service : services) {
            try {
                wirings.add(configure(service, reader));
            } catch (InvalidSettings e) {
                LOG.debug("Settings are wrong, the others are still read service={}", service.name());
            }
        }
        reader.finish();
        reader.unknownVariables()
                .forEach((variable, remedy) -> LOG.warn(
                        "A variable of the environment is no setting variable={} remedy={}", variable, remedy));
        LOG.info("Settings in effect settings={}", reader.effective());
        ops = OpsServer.start(own, components::health, metrics);
        wirings.forEach(Runnable::run);
        components.start(this::stop);
        LOG.info(
                "Ready services={} ops={}", services.stream().map(Service::name).toList(), opsAddress());
    }

    private <C> Runnable configure(Service<C> service, Settings.Reader reader) {
        C config = reader.shape(service.config());
        return () -> service.wiring()
                .components(config, metrics)
                .forEach(component -> components.add(service.name(), component));
    }

    /** Where {@code /metrics}, {@code /health} and {@code /live} are; null when switched off. */
    public @Nullable URI opsAddress() {
        return ops == null ? null : ops.address();
    }

    public Health health() {
        return components.health().overall();
    }

    /** Completes with the reason when a component cannot go on; the services are then to be closed. */
    public CompletableFuture<Throwable> fatal() {
        return fatal.copy();
    }

    /** Says why before anybody can end the process for it. */
    private void stop(Throwable reason) {
        synchronized (fatal) {
            if (!fatal.isDone()) {
                LOG.error("A component cannot go on, the process stops", reason);
                fatal.complete(reason);
            }
        }
    }

    /** Lets running work come to an end, at most for {@code service.drain-timeout}. */
    public void drain() throws InterruptedException {
        components.drain(drainTimeout);
    }

    /** Closes the components in reverse order, then the ops server. The second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        components.close();
        if (ops != null) {
            ops.close();
        }
        metrics.close();
    }
}
