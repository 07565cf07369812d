package dev.unitymlops.stage.coordinator;

import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.OnFatal;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.stage.StageLine;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the commands that have been decided on: whole events ride in them, and nobody reads them again. Where the
 * cluster does not allow it they stay for the topic's retention.
 */
public final class TrimCommands implements Component {

    private static final Logger LOG = LoggerFactory.getLogger(TrimCommands.class);
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final StageLine<?, ?> line;
    private final KafkaClients clients;
    private final TopicSettings topics;
    private @Nullable ScheduledExecutorService timer;

    public TrimCommands(StageLine<?, ?> line, KafkaClients clients, TopicSettings topics) {
        this.line = line;
        this.clients = clients;
        this.topics = topics;
    }

    @Override
    public String name() {
        return line.word() + "-trim";
    }

    @Override
    public void start(OnFatal onFatal) {
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name()).factory());
        var unused = timer.scheduleWithFixedDelay(
                this::trimOrSayWhyNot, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    private void trimOrSayWhyNot() {
        try {
            trim();
        } catch (ExecutionException | RuntimeException e) {
            LOG.warn("Decided commands could not be removed, they stay for their retention stage={}", line.word(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes the commands before the coordinator's committed offsets. */
    void trim() throws ExecutionException, InterruptedException {
        String commands = topics.name(line.commands());
        try (Admin admin = clients.admin(name())) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(
                            topics.prefix() + line.service())
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, RecordsToDelete> decided = new HashMap<>();
            committed.forEach((partition, offset) -> {
                if (partition.topic().equals(commands) && offset != null && offset.offset() > 0) {
                    decided.put(partition, RecordsToDelete.beforeOffset(offset.offset()));
                }
            });
            admin.deleteRecords(decided).all().get();
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    @Override
    public Health check() {
        return Health.up();
    }
}
