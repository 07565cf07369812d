package dev.unitymlops.cli.deadletters;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record that nobody could read or handle, as {@code --json} shows it.
 *
 * @param topic where the record was, without the cluster's prefix
 * @param partition there; null when the letter does not say
 * @param offset there; null when the letter does not say
 * @param time when it was put among the dead letters
 * @param exception class of what was thrown
 * @param replayed when it was last sent again; null: never
 */
record DeadLetter(
        LetterId letter,
        String topic,
        @Nullable Integer partition,
        @Nullable Long offset,
        Instant time,
        String exception,
        String reason,
        @Nullable Instant replayed) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern LONG_NUMBER = Pattern.compile("\\d{1,18}");

    static DeadLetter of(LetterId letter, ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        return new DeadLetter(
                letter,
                letter.source(),
                number(headers, "partition", NUMBER).map(Integer::valueOf).orElse(null),
                number(headers, "offset", LONG_NUMBER).map(Long::valueOf).orElse(null),
                Instant.ofEpochMilli(record.timestamp()),
                LetterHeaders.added(headers, "exception").orElse(""),
                LetterHeaders.added(headers, "message").orElse("the record does not say why it is here"),
                null);
    }

    /** Anybody may write there: what is no number is no coordinate. */
    private static Optional<String> number(Headers headers, String name, Pattern form) {
        return LetterHeaders.added(headers, name)
                .filter(text -> form.matcher(text).matches());
    }

    DeadLetter replayedAt(Instant time) {
        return new DeadLetter(letter, topic, partition, offset, this.time, exception, reason, time);
    }
}
