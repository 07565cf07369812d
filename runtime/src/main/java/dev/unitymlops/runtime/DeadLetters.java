package dev.unitymlops.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a record that could not be decoded or handled on {@code <topic>.dead-letters}: key, value and headers untouched,
 * where it was and what was wrong in headers that begin with {@code dead-letter.}. Of a record that is too large for that,
 * as it was just small enough for its own topic, the beginning is kept and the message says so.
 */
public final class DeadLetters {
    public static final String SUFFIX = ".dead-letters";
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final String PREFIX = "dead-letter.";
    private static final int LONGEST_MESSAGE = 4096;

    /** Bytes that are kept of the key and of the value of a record that is too large to be kept whole. */
    private static final int LONGEST_BEGINNING = 64 << 10;

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
            send(letter(record, reason));
        } catch (RecordTooLargeException e) {
            // With our headers it is larger than the topic takes, now and at every later try.
            send(beginning(record, reason));
        }
        tell(record, reason, metrics);
    }

    private void send(ProducerRecord<byte[], byte[]> letter) throws InterruptedException {
        try {
            producer.send(letter).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException tooLarge) {
                throw tooLarge;
            }
            throw new KafkaException("a record could not be written to " + letter.topic(), e.getCause());
        }
    }

    /** A letter without the record's headers, with no more than the beginnings of its key and value. */
    private static ProducerRecord<byte[], byte[]> beginning(ConsumerRecord<byte[], byte[]> record, Throwable reason) {
        Headers headers = new RecordHeaders();
        tell(headers, record, "too large to be kept whole, these are the beginnings: " + message(reason), reason);
        return new ProducerRecord<>(
                record.topic() + SUFFIX, null, beginning(record.key()), beginning(record.value()), headers);
    }

    private static byte @Nullable [] beginning(byte @Nullable [] bytes) {
        return bytes == null || bytes.length <= LONGEST_BEGINNING ? bytes : Arrays.copyOf(bytes, LONGEST_BEGINNING);
    }

    /** What is written of a record; for those who have a producer of their own. */
    public static ProducerRecord<byte[], byte[]> letter(ConsumerRecord<byte[], byte[]> record, Throwable reason) {
        Headers headers = new RecordHeaders(record.headers());
        tell(headers, record, message(reason), reason);
        return new ProducerRecord<>(record.topic() + SUFFIX, null, record.key(), record.value(), headers);
    }

    private static void tell(Headers headers, ConsumerRecord<?, ?> record, String message, Throwable reason) {
        put(headers, "topic", record.topic());
        put(headers, "partition", String.valueOf(record.partition()));
        put(headers, "offset", String.valueOf(record.offset()));
        put(headers, "timestamp", String.valueOf(record.timestamp()));
        put(headers, "exception", reason.getClass().getName());
        put(headers, "message", message);
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
