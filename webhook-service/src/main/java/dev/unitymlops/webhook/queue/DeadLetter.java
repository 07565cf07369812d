package dev.unitymlops.webhook.queue;

import dev.unitymlops.runtime.DeadLetters;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dead letters in the form of {@link DeadLetters}, written within the transactions of Kafka Streams. */
final class DeadLetter {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetter.class);

    private DeadLetter() {}

    /** Of a record that could not be read or used, bytes untouched. */
    static ProducerRecord<byte[], byte[]> of(ErrorHandlerContext at, byte[] key, byte[] value, Exception problem) {
        LOG.warn(
                "A record goes to the dead letters topic={} partition={} offset={} exception={}",
                at.topic(),
                at.partition(),
                at.offset(),
                problem.getClass().getName());
        Headers headers = headers(
                at.headers(),
                at.topic(),
                at.partition(),
                at.timestamp(),
                problem.getClass().getName(),
                message(problem));
        put(headers, "offset", Long.toString(at.offset()));
        return new ProducerRecord<>(at.topic() + DeadLetters.SUFFIX, null, key, value, headers);
    }

    /**
     * The headers of a letter.
     *
     * @param partition to which a replay sends it
     * @param timestamp of the record, milliseconds since the epoch
     */
    static Headers headers(
            Headers before, String topic, int partition, long timestamp, String exception, String message) {
        Headers headers = new RecordHeaders(before);
        put(headers, "topic", topic);
        put(headers, "partition", Integer.toString(partition));
        put(headers, "timestamp", Long.toString(timestamp));
        put(headers, "exception", exception);
        put(headers, "message", message);
        return headers;
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove("dead-letter." + name);
        headers.add("dead-letter." + name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String message(Exception problem) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            text.append(text.isEmpty() ? "" : ": ").append(cause.getMessage());
        }
        return text.toString();
    }
}
