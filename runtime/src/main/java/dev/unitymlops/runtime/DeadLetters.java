package dev.unitymlops.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a record that could not be decoded or handled on {@code <topic>.dead-letters}: key, value and headers untouched,
 * where it was and what was wrong in headers that begin with {@code dead-letter.}.
 */
public final class DeadLetters {
    public static final String SUFFIX = ".dead-letters";
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final String PREFIX = "dead-letter.";
    private static final int LONGEST_MESSAGE = 4096;

    private final Producer<byte[], byte[]> producer;
    private final MeterRegistry metrics;

    public DeadLetters(Producer<byte[], byte[]> producer, MeterRegistry metrics) {
        this.producer = producer;
        this.metrics = metrics;
    }

    /**
     * Writes the record and waits for the acknowledgement, so that the caller may commit its offset.
     *
     * @throws KafkaException when it could not be written; the offset must then not be committed
     */
    public void write(ConsumerRecord<byte[], byte[]> record, Throwable reason) throws InterruptedException {
        try {
            producer.send(letter(record, reason)).get();
        } catch (ExecutionException e) {
            throw new KafkaException("a record could not be written to " + record.topic() + SUFFIX, e.getCause());
        }
        tell(record, reason, metrics);
    }

    /** What is written of a record; for those who have a producer of their own. */
    public static ProducerRecord<byte[], byte[]> letter(ConsumerRecord<byte[], byte[]> record, Throwable reason) {
        Headers headers = new RecordHeaders(record.headers());
        put(headers, "topic", record.topic());
        put(headers, "partition", String.valueOf(record.partition()));
        put(headers, "offset", String.valueOf(record.offset()));
        put(headers, "timestamp", String.valueOf(record.timestamp()));
        put(headers, "exception", reason.getClass().getName());
        put(headers, "message", message(reason));
        return new ProducerRecord<>(record.topic() + SUFFIX, null, record.key(), record.value(), headers);
    }

    /** Counts and logs that a record was given up. */
    public static void tell(ConsumerRecord<?, ?> record, Throwable reason, MeterRegistry metrics) {
        Counter.builder("mlops.dead.letters")
                .description("Records that could not be decoded or handled")
                .tag("topic", record.topic())
                .register(metrics)
                .increment();
        LOG.warn(
                "A record went to the dead letters topic={} partition={} offset={} exception={}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason.getClass().getName());
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(PREFIX + name);
        headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The messages of all causes: the first often only says that something failed. */
    private static String message(Throwable reason) {
        var text = new StringBuilder();
        for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
            text.append(text.isEmpty() ? "" : ": ").append(said(cause));
        }
        return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) : text.toString();
    }

    private static String said(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
