package dev.unitymlops.benchmarks;

import dev.unitymlops.embedded.EmbeddedPlatform;
import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.events.RunOutcome;
import dev.unitymlops.events.StageInput;
import dev.unitymlops.events.StageMarker;
import dev.unitymlops.events.StageState;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.Topics;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What a build stage that is down finds when it starts: written to its store's changelog, and its work topic, as its
 * coordinator would have written it, because to run a million jobs first takes hours.
 */
final class Backlog implements AutoCloseable {

    private static final String CHANGELOG = "build-service-jobs-changelog";

    private final Producer<String, SpecificRecord> producer;

    Backlog(EmbeddedPlatform platform) {
        KafkaClients clients = new KafkaClients(Settings.of(Map.of(
                        "bootstrap.servers", platform.bootstrapServers(),
                        "schema.registry.url", platform.schemaRegistryUrl()))
                .read(KafkaSettings::from));
        producer = clients.producer("backlog", Map.of("linger.ms", "20", "batch.size", "262144"));
    }

    /** Jobs that wait for a label which no worker has, older than any that is measured. */
    void queued(int from, int to) {
        for (int i = from; i < to; i++) {
            StageWork work = StageWork.newBuilder()
                    .setRun(1)
                    .setVersion(1)
                    .setPhase(WorkPhase.QUEUED)
                    .setAttempt(0)
                    .setAttemptsUsed(0)
                    .setSince(i)
                    .setQueueOrder((long) i)
                    .setInput(input(i))
                    .build();
            send(CHANGELOG, "parked-" + i, new StageState(work));
            send(Topics.BUILD_WORK.name(), "parked-" + i, work);
        }
        producer.flush();
    }

    /** Markers of runs that have ended well just now. */
    void finished(int from, int to) {
        long now = System.currentTimeMillis();
        for (int i = from; i < to; i++) {
            StageMarker marker = new StageMarker(1, RunOutcome.SUCCEEDED, hash(i), 3L, now, null);
            send(CHANGELOG, "finished-" + i, new StageState(marker));
        }
        producer.flush();
    }

    private static StageInput input(int number) {
        return StageInput.newBuilder()
                .setRecord(new RecordCoordinates(Topics.JOB_REQUESTED.name(), 0, 0L))
                .setContentHash(hash(number))
                .setPriority(5)
                .setRequires(List.of("a-label-that-no-worker-has"))
                .setMaxAttempts(3)
                .setDryRun(true)
                .setAssetId("bench-001")
                .setRequestedBy("benchmark")
                .setTraceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .build();
    }

    private static String hash(int number) {
        return String.format("%064x", number);
    }

    private void send(String topic, String key, SpecificRecord value) {
        var unused = producer.send(new ProducerRecord<>(topic, key, value));
    }

    @Override
    public void close() {
        producer.close();
    }
}
