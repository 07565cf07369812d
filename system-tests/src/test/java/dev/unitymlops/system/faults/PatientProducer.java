package dev.unitymlops.system.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends in order, on a thread of its own, since a producer that has lost its broker blocks who calls it; an outage of
 * minutes fails no record. Used by one thread.
 */
final class PatientProducer<K, V> implements AutoCloseable {
    /** For the producer that is wrapped. */
    static final Map<String, Integer> SETTINGS = Map.of("delivery.timeout.ms", 900_000, "max.block.ms", 900_000);

    private final Producer<K, V> producer;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final List<CompletableFuture<Void>> sent = new ArrayList<>();

    PatientProducer(Producer<K, V> producer) {
        this.producer = producer;
    }

    void send(ProducerRecord<K, V> record) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        sent.add(taken);
        thread.execute(() -> {
            var unused = producer.send(record, (where, failure) -> {
                if (failure == null) {
                    taken.complete(null);
                } else {
                    taken.completeExceptionally(failure);
                }
            });
        });
    }

    /** Waits until the broker has all that was sent. */
    void awaitTaken() {
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
        sent.clear();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        producer.close(Duration.ZERO);
    }
}
