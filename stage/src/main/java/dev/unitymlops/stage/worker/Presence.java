package dev.unitymlops.stage.worker;

import dev.unitymlops.events.RunningJob;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.WorkerPresence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a worker is there, and what it runs. */
final class Presence {

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private final String topic;
    private final String worker;
    private final Stage stage;
    private final int slots;
    private final Set<String> labels;
    private final Duration lease;
    private final Map<String, String> versions;
    private final Producer<String, SpecificRecord> producer;
    private final Clock clock;
    private final Instant startedAt;
    private final String host;

    Presence(
            String topic,
            String worker,
            Stage stage,
            WorkerSettings settings,
            Map<String, String> versions,
            Producer<String, SpecificRecord> producer,
            Clock clock) {
        this.topic = topic;
        this.worker = worker;
        this.stage = stage;
        this.slots = settings.slots();
        this.labels = settings.labels();
        this.lease = settings.lease();
        this.versions = versions;
        this.producer = producer;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.host = settings.host();
    }

    /** @param paused why it takes no new work for now, null when it does */
    void here(Collection<RunningAttempt> running, boolean draining, @Nullable String paused) {
        send(WorkerPresence.newBuilder()
                .setWorkerId(worker)
                .setStage(stage)
                .setHost(host)
                .setPid(ProcessHandle.current().pid())
                .setSlots(slots)
                .setLabels(List.copyOf(labels))
                .setVersions(versions)
                .setRunning(running.stream()
                        .map(attempt ->
                                new RunningJob(attempt.jobId(), attempt.run(), attempt.number(), attempt.since()))
                        .toList())
                .setDraining(draining)
                .setPaused(paused)
                .setLeaseMs(lease.toMillis())
                .setStartedAt(startedAt)
                .setAt(clock.instant())
                .build());
    }

    void gone() {
        send(null);
    }

    /** What cannot be told now is told the next time: nothing depends on it but what people see. */
    private void send(@Nullable WorkerPresence presence) {
        try {
            var unused = producer.send(
                    new ProducerRecord<>(topic, worker, presence), (metadata, problem) -> undelivered(problem));
        } catch (KafkaException e) {
            undelivered(e);
        }
    }

    private void undelivered(@Nullable Exception problem) {
        if (problem != null) {
            LOG.warn("Presence was not delivered worker={}", worker, problem);
        }
    }
}
