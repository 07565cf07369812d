package dev.unitymlops.stage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadUntilNowTest {

    private static final TopicPartition WORK = new TopicPartition("build-work", 0);

    private final ReadUntilNow untilNow = new ReadUntilNow();
    private boolean brokerIsAway;
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            if (brokerIsAway) {
                throw new TimeoutException("as the test wants it");
            }
            return super.endOffsets(partitions, timeout);
        }
    };

    @BeforeEach
    void assign() {
        consumer.assign(List.of(WORK));
        consumer.updateBeginningOffsets(Map.of(WORK, 0L));
        consumer.updateEndOffsets(Map.of(WORK, 2L));
    }

    @Test
    void isAnsweredWhenAllThatWasThereIsRead() {
        CompletableFuture<Boolean> asker = untilNow.ask();
        round();
        assertThat(asker).isNotDone();

        read(1);
        round();
        assertThat(asker).isNotDone();

        read(2);
        untilNow.answer(consumer);
        assertThat(asker).isCompletedWithValue(true);
    }

    @Test
    void whoAsksLaterWaitsForWhatCameMeanwhile() {
        read(2);
        CompletableFuture<Boolean> first = untilNow.ask();
        round();
        consumer.updateEndOffsets(Map.of(WORK, 3L));
        CompletableFuture<Boolean> second = untilNow.ask();
        round();

        assertThat(first).isCompletedWithValue(true);
        assertThat(second).isNotDone();
    }

    @Test
    void whoAsksWhileTheBrokerIsAwayIsAnsweredWhenItIsBack() {
        read(2);
        brokerIsAway = true;
        CompletableFuture<Boolean> asker = untilNow.ask();
        round();
        assertThat(asker).isNotDone();

        brokerIsAway = false;
        round();
        assertThat(asker).isCompletedWithValue(true);
    }

    @Test
    void theEndAnswersNoToThoseWhoWaitAndToThoseWhoComeTooLate() {
        CompletableFuture<Boolean> noted = untilNow.ask();
        round();
        CompletableFuture<Boolean> unnoted = untilNow.ask();
        untilNow.close();

        assertThat(List.of(noted, unnoted, untilNow.ask()))
                .allSatisfy(asker -> assertThat(asker).isCompletedWithValue(false));
    }

    private void round() {
        Consumer<?, ?> reads = consumer;
        untilNow.note(reads, List.of(WORK));
        untilNow.answer(reads);
    }

    /** Up to this offset. */
    private void read(long end) {
        for (long offset = consumer.position(WORK); offset < end; offset++) {
            consumer.addRecord(new ConsumerRecord<>(WORK.topic(), 0, offset, new byte[0], new byte[0]));
        }
        consumer.poll(Duration.ZERO);
    }
}
