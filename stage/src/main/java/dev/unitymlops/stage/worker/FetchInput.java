package dev.unitymlops.stage.worker;

import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.runtime.Backoff;
import dev.unitymlops.runtime.EventDecoder;
import dev.unitymlops.runtime.EventDecoder.Decoded;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageLine;
import dev.unitymlops.stage.intake.ArrivedInputs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets a stage's input event by its coordinates. Thread-safe: one fetch at a time. */
final class FetchInput<I extends SpecificRecord> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FetchInput.class);
    private static final Backoff OUTAGE = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.25);
    private static final Duration POLL = Duration.ofMillis(500);

    private final StageLine<I, ?> line;
    private final ArrivedInputs arrived;
    private final Consumer<byte[], byte[]> consumer;
    private final EventDecoder<I> decoder;
    private final RandomGenerator random = RandomGenerator.getDefault();

    FetchInput(StageLine<I, ?> line, KafkaClients clients, ArrivedInputs arrived) {
        this.line = line;
        this.arrived = arrived;
        this.consumer = clients.bytesConsumer(
                line.word() + "-input",
                Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1", ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"));
        this.decoder = new EventDecoder<>(clients.deserializer(), line.inputType());
    }

    /**
     * The event at these coordinates. While the broker or the registry is away it waits.
     *
     * @throws StageFailure when the event is no longer there or cannot be read
     */
    I fetch(RecordCoordinates where) throws StageFailure, InterruptedException {
        Optional<SpecificRecord> known = arrived.take(where);
        return known.isPresent() ? line.inputType().cast(known.get()) : read(where);
    }

    private synchronized I read(RecordCoordinates where) throws StageFailure, InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                Optional<I> event = tryToRead(where);
                if (event.isPresent()) {
                    return event.get();
                }
            } catch (OffsetOutOfRangeException e) {
                throw gone(where).because(e);
            } catch (RetriableException e) {
                LOG.warn("An input cannot be fetched yet at={} failures={}", where, failures, e);
            } catch (InterruptException e) {
                throw stopped(e);
            }
            Thread.sleep(OUTAGE.after(failures, random));
        }
    }

    /** Kafka's exception sets the thread's flag; the checked one stands for it. */
    private static InterruptedException stopped(InterruptException interrupt) {
        Thread.interrupted();
        InterruptedException stopped = new InterruptedException("stopped while the input was fetched");
        stopped.initCause(interrupt);
        return stopped;
    }

    /** Empty while the broker or the registry does not answer. */
    private Optional<I> tryToRead(RecordCoordinates where) throws StageFailure {
        TopicPartition partition = new TopicPartition(where.getTopic(), where.getPartition());
        List<TopicPartition> only = List.of(partition);
        consumer.assign(only);
        consumer.seek(partition, where.getOffset());
        List<ConsumerRecord<byte[], byte[]>> found = consumer.poll(POLL).records(partition);
        boolean isGone = found.isEmpty()
                ? consumer.endOffsets(only).getOrDefault(partition, 0L) <= where.getOffset()
                : found.getFirst().offset() != where.getOffset();
        if (isGone) {
            throw gone(where);
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        return switch (decoder.decode(found.getFirst())) {
            case Decoded.Event<I> event -> Optional.of(event.value());
            case Decoded.Unreadable<I> unreadable ->
                throw StageFailure.user("the input at " + where + " cannot be decoded: "
                                + unreadable.reason().getMessage())
                        .because(unreadable.reason());
            case Decoded.RegistryDown<I> ignored -> Optional.empty();
        };
    }

    private static StageFailure gone(RecordCoordinates where) {
        return StageFailure.user("the input at " + where
                + " is not on the broker (any more): its retention is over, submit the job again");
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }
}
