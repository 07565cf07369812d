package dev.unitymlops.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The components of a process, in the order of their start. Health is read from any thread. */
final class Components {
    private static final Logger LOG = LoggerFactory.getLogger(Components.class);

    /** Where the process is on its way. */
    private enum Phase {
        STARTING,
        RUNNING,
        STOPPING
    }

    private final List<Component> all = new ArrayList<>();
    private final List<Component> started = new CopyOnWriteArrayList<>();
    private volatile Phase phase = Phase.STARTING;

    void add(Component component) {
        all.add(component);
    }

    void start(OnFatal onFatal) throws Exception {
        for (Component component : all) {
            started.add(component);
            component.start(reason -> onFatal.stop(reason));
            LOG.info("Component started component={}", component.name());
        }
        phase = Phase.RUNNING;
    }

    /** All at once: a worker that drains needs the coordinator beside it. */
    void drain(Duration atMost) throws InterruptedException {
        phase = Phase.STOPPING;
        var drains = new ArrayList<Thread>();
        for (Component component : started) {
            drains.add(Thread.ofVirtual().name("drain-" + component.name()).start(() -> drain(component, atMost)));
        }
        for (Thread drain : drains) {
            drain.join();
        }
    }

    private static void drain(Component component, Duration atMost) {
        try {
            component.drain(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("A component did not drain, it is closed as it is component={}", component.name(), e);
        }
    }

    /** One that fails to close does not keep the others open. */
    void close() {
        phase = Phase.STOPPING;
        for (Component component : started.reversed()) {
            try {
                component.close();
                LOG.info("Component closed component={}", component.name());
            } catch (RuntimeException e) {
                LOG.warn("A component did not close, the others still are component={}", component.name(), e);
            }
        }
        started.clear();
    }

    Report health() {
        var healths = new LinkedHashMap<String, Health>();
        switch (phase) {
            case STARTING -> healths.put("service", Health.down("it is starting"));
            case STOPPING -> healths.put("service", Health.down("it is stopping"));
            case RUNNING -> {}
        }
        started.forEach(component -> healths.put(component.name(), check(component)));
        return new Report(healths);
    }

    private static Health check(Component component) {
        try {
            return component.check();
        } catch (RuntimeException e) {
            LOG.warn("A component could not tell its health component={}", component.name(), e);
            return Health.down("its check failed: " + e);
        }
    }

    /** Health by component. */
    record Report(Map<String, Health> components) {
        Health overall() {
            return Health.worst(components.values());
        }
    }
}
