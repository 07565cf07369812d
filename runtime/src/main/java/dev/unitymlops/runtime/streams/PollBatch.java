package dev.unitymlops.runtime.streams;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * Knows when all that one poll brought is decided, so that one transaction carries the whole of it: a lone record is
 * committed at once, and a crowd shares the 2 ms that a transaction costs. What nobody waits for, such as a beat, is left
 * to {@code commit.interval.ms}.
 *
 * <p>Streams itself offers a commit at every record or at an interval. The count is set by each poll and not added to:
 * Streams polls again only when it has processed what it has, and a record that never reaches the processor (it could not
 * be read) must not hold up later ones; its own batch is then committed by {@code commit.interval.ms}. All processors of a
 * topology that read records share one. Used by one thread at a time, the one that polls and decides.
 */
public final class PollBatch {

    private static final String CONFIG = "unity.mlops.poll.batch";

    private final AtomicInteger undecided = new AtomicInteger();
    private volatile boolean awaited;

    /** What Streams must be configured with, so that this object hears of every poll. */
    public Map<String, Object> streamsConfig() {
        return Map.of(
                StreamsConfig.mainConsumerPrefix("interceptor.classes"),
                Polled.class.getName(),
                StreamsConfig.mainConsumerPrefix(CONFIG),
                this);
    }

    /**
     * Counts a decided record.
     *
     * @param published whether the decision wrote something that others read
     * @return whether it is time to commit: this was the last record of its poll, and somebody waits for what came of them
     */
    public boolean decided(boolean published) {
        awaited |= published;
        boolean due = undecided.decrementAndGet() <= 0 && awaited;
        if (due) {
            awaited = false;
        }
        return due;
    }

    /** Hears what the main consumer's polls bring. Kafka makes it by reflection and calls it on the polling thread. */
    public static final class Polled implements ConsumerInterceptor<byte[], byte[]> {

        private @Nullable PollBatch batch;

        @Override
        public void configure(Map<String, ?> configs) {
            batch = (PollBatch) configs.get(CONFIG);
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            if (batch != null) {
                batch.undecided.set(records.count());
            }
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
            // Transactions commit the offsets here, of which a consumer hears nothing.
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
