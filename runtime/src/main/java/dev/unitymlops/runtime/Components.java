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

    /** Beyond its time, before a component that does not come back from draining is closed over its head. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final List<Part> all = new ArrayList<>();
    private final List<Part> started = new CopyOnWriteArrayList<>();
    private volatile Phase phase = Phase.STARTING;

    void add(String service, Component component) {
        all.add(new Part(service + "/" + component.name(), component));
    }

    void start(OnFatal onFatal) throws Exception {
        for (Part part : all) {
            started.add(part);
            part.component().start(onFatal);
            LOG.info("Component started component={}", part.name());
        }
        phase = Phase.RUNNING;
    }

    /** All at once: a worker that drains needs the coordinator beside it. */
    void drain(Duration atMost) throws InterruptedException {
        phase = Phase.STOPPING;
        long deadline = System.nanoTime() + atMost.plus(GRACE).toNanos();
        var drains = new LinkedHashMap<Part, Thread>();
        for (Part part : started) {
            drains.put(part, Thread.ofVirtual().name("drain-" + part.name()).start(() -> drain(part, atMost)));
        }
        for (var drain : drains.entrySet()) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (!drain.getValue().join(left)) {
                drain.getValue().interrupt();
                LOG.warn(
                        "A component is still draining, it is closed as it is component={}",
                        drain.getKey().name());
            }
        }
    }

    private static void drain(Part part, Duration atMost) {
        try {
            part.component().drain(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("A component did not drain, it is closed as it is component={}", part.name(), e);
        }
    }

    /** One that fails to close does not keep the others open. */
    void close() {
        phase = Phase.STOPPING;
        for (Part part : started.reversed()) {
            try {
                part.component().close();
                LOG.info("Component closed component={}", part.name());
            } catch (RuntimeException e) {
                LOG.warn("A component did not close, the others still are component={}", part.name(), e);
            }
        }
        started.clear();
    }

    Report health() {
        var healths = new LinkedHashMap<String, Health>();
        switch (phase) {
            case STARTING -> healths.put("process", Health.down("it is starting"));
            case STOPPING -> healths.put("process", Health.down("it is stopping"));
            case RUNNING -> {}
        }
        started.forEach(part -> healths.put(part.name(), check(part)));
        return new Report(healths);
    }

    private static Health check(Part part) {
        try {
            return part.component().check();
        } catch (RuntimeException e) {
            LOG.warn("A component could not tell its health component={}", part.name(), e);
            return Health.down("its check failed: " + e);
        }
    }

    /** A component under a name that no other service's has. */
    private record Part(String name, Component component) {}

    /** Health by component. */
    record Report(Map<String, Health> components) {
        Health overall() {
            return Health.worst(components.values());
        }
    }
}
