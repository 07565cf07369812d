package dev.unitymlops.runtime.streams;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which decisions share a transaction. */
class PollBatchTest {

    private static final TopicPartition COMMANDS = new TopicPartition("build-commands", 0);

    private final PollBatch batch = new PollBatch();
    private final PollBatch.Polled consumer = new PollBatch.Polled();

    @BeforeEach
    void asStreamsConfiguresItsMainConsumer() {
        String prefix = StreamsConfig.mainConsumerPrefix("");
        consumer.configure(batch.streamsConfig().entrySet().stream()
                .collect(toMap(entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue)));
    }

    @Test
    void aLoneRecordIsCommittedAtOnce() {
        poll(1);
        assertThat(batch.decided(true)).isTrue();
    }

    @Test
    void whatOnePollBroughtSharesATransaction() {
        poll(3);
        assertThat(decided(3)).containsExactly(false, false, true);
        poll(2);
        assertThat(decided(2)).containsExactly(false, true);
    }

    @Test
    void aRecordThatNeverReachedTheProcessorHoldsUpNoLaterOne() {
        poll(3);
        assertThat(decided(2)).containsExactly(false, false);
        poll(1);
        assertThat(decided(1)).containsExactly(true);
    }

    @Test
    void recordsThatWerePolledEarlierAreCommittedOneByOne() {
        assertThat(decided(2)).containsExactly(true, true);
    }

    @Test
    void whatNobodyWaitsForIsLeftToTheInterval() {
        poll(1);
        assertThat(batch.decided(false)).isFalse();
        poll(2);
        assertThat(batch.decided(true)).isFalse();
        assertThat(batch.decided(false)).as("the one before is waited for").isTrue();
        poll(1);
        assertThat(batch.decided(false)).isFalse();
    }

    private List<Boolean> decided(int commands) {
        return IntStream.range(0, commands).mapToObj(i -> batch.decided(true)).toList();
    }

    private void poll(int count) {
        List<ConsumerRecord<byte[], byte[]>> records = IntStream.range(0, count)
                .mapToObj(offset -> new ConsumerRecord<>(COMMANDS.topic(), 0, offset, new byte[0], new byte[0]))
                .toList();
        consumer.onConsume(new ConsumerRecords<>(Map.of(COMMANDS, records), Map.of()));
    }
}
