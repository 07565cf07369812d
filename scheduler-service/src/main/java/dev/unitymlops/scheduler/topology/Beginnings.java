package dev.unitymlops.scheduler.topology;

import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.OnFatal;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.schemas.TopicSpec;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** The client that {@link CatchUp} asks with. */
final class Beginnings implements Component, Supplier<BooleanSupplier> {

    private final KafkaClients clients;
    private final String group;
    private final List<List<String>> phases;
    private final Duration longest;
    private final LongSupplier nanoTime;
    private volatile @Nullable Admin admin;

    Beginnings(
            KafkaClients clients,
            TopicSettings topics,
            List<List<TopicSpec>> phases,
            Duration longest,
            LongSupplier nanoTime) {
        this.clients = clients;
        this.group = topics.prefix() + Publish.SERVICE;
        this.phases = phases.stream()
                .map(each -> each.stream().map(topics::name).toList())
                .toList();
        this.longest = longest;
        this.nanoTime = nanoTime;
    }

    @Override
    public String name() {
        return "catch-up";
    }

    @Override
    public void start(OnFatal onFatal) {
        admin = clients.admin(name());
    }

    /** At the beginning of a task. */
    @Override
    public BooleanSupplier get() {
        Admin open = admin;
        if (open == null) {
            throw new IllegalStateException("not started");
        }
        return new CatchUp(open, group, phases, longest, nanoTime);
    }

    @Override
    public void close() {
        Admin open = admin;
        if (open != null) {
            // a plain close waits a minute for requests to brokers that do not answer
            open.close(Duration.ZERO);
        }
    }

    @Override
    public Health check() {
        return Health.up();
    }
}
