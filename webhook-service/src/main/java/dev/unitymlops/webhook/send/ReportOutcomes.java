package dev.unitymlops.webhook.send;

import dev.unitymlops.events.WebhookCommand;
import dev.unitymlops.events.WebhookOutcome;
import dev.unitymlops.runtime.Backoff;
import dev.unitymlops.runtime.EventDecoder;
import dev.unitymlops.webhook.queue.Outbox.Due;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends outcomes as commands, to the partition whose message it was. Thread-safe. It waits for the broker and the
 * registry as long as it takes; what cannot be reported, or is lost with the process, is delivered once more.
 */
final class ReportOutcomes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReportOutcomes.class);
    private static final Backoff OUTAGE = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.25);
    private static final String FOR_EVER = Integer.toString(Integer.MAX_VALUE);

    /** Settings of a producer that waits for the broker as long as it takes. */
    static final Map<String, String> PATIENT = Map.of(
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, FOR_EVER,
            ProducerConfig.MAX_BLOCK_MS_CONFIG, FOR_EVER);

    private final String topic;
    private final Producer<String, WebhookCommand> producer;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * @param topic of the commands on this cluster
     * @param producer with {@link #PATIENT} settings; closed with this
     */
    ReportOutcomes(String topic, Producer<String, WebhookCommand> producer) {
        this.topic = topic;
        this.producer = producer;
    }

    /**
     * Returns when the broker has it.
     *
     * @throws ExecutionException when the broker refuses it
     */
    void report(Due due, WebhookOutcome outcome) throws InterruptedException, ExecutionException {
        ProducerRecord<String, WebhookCommand> command =
                new ProducerRecord<>(topic, due.partition(), due.key(), new WebhookCommand(outcome));
        for (int failures = 1; ; failures++) {
            try {
                producer.send(command).get();
                return;
            } catch (SerializationException e) {
                long wait = OUTAGE.after(failures, random).toMillis();
                if (!EventDecoder.isRegistryDown(e) || closing.await(wait, TimeUnit.MILLISECONDS)) {
                    throw e;
                }
                LOG.warn(
                        "An outcome waits for the schema registry webhookId={} failures={}",
                        outcome.getWebhookId(),
                        failures,
                        e);
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        producer.close(Duration.ofSeconds(10));
    }
}
