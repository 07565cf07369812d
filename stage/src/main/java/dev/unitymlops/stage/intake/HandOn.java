package dev.unitymlops.stage.intake;

import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.runtime.DeadLetters;
import dev.unitymlops.runtime.EventDecoder;
import dev.unitymlops.runtime.EventDecoder.Decoded;
import dev.unitymlops.runtime.EventHeaders;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.runtime.TraceParent;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.StageLine;
import dev.unitymlops.stage.intake.Translate.Translated;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands one record on: to the coordinator, to its producer, or to the dead letters. Used by one thread.
 *
 * <p>Every stage reads job-control: a record of it that is not for a coordinator is the first stage's business, the
 * others leave it, or its sender would get three answers and people three dead letters.
 */
final class HandOn<I extends SpecificRecord> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HandOn.class);
    private static final Future<?> NOTHING_SENT = CompletableFuture.completedFuture(null);

    private final StageLine<I, ?> line;
    private final TopicSettings topics;
    private final Translate<I> translate;
    private final ArrivedInputs arrived;
    private final Clock clock;
    private final Producer<String, SpecificRecord> events;
    private final Producer<byte[], byte[]> bytes;
    private final DeadLetters deadLetters;
    private final EventDecoder<I> inputs;
    private final EventDecoder<JobControl> controls;
    private final Counter left;
    private final RandomGenerator spanIds = RandomGenerator.getDefault();

    HandOn(
            StageLine<I, ?> line,
            KafkaClients clients,
            TopicSettings topics,
            Translate<I> translate,
            ArrivedInputs arrived,
            MeterRegistry metrics,
            Clock clock) {
        this.line = line;
        this.topics = topics;
        this.translate = translate;
        this.arrived = arrived;
        this.clock = clock;
        this.events = clients.producer(line.word() + "-intake", Map.of());
        this.bytes = clients.bytesProducer(line.word() + "-intake-dead-letters", Map.of());
        this.deadLetters = new DeadLetters(bytes, metrics);
        this.inputs = new EventDecoder<>(clients.deserializer(), line.inputType());
        this.controls = new EventDecoder<>(clients.deserializer(), JobControl.class);
        this.left = Counter.builder("mlops.intake.left")
                .description("Records of job-control that the first stage's intake answers or keeps")
                .tag("stage", line.word())
                .register(metrics);
    }

    /**
     * Hands the record on; the future completes when the broker has it.
     *
     * @throws IOException when the schema registry or the artifact store cannot be asked: to be tried again
     */
    Future<?> handOn(ConsumerRecord<byte[], byte[]> record) throws IOException, InterruptedException {
        return isControl(record)
                ? decoded(record, controls.decode(record), (event, at, trace) -> translate.control(event, at))
                : decoded(record, inputs.decode(record), this::input);
    }

    private Translated input(I event, RecordCoordinates at, @Nullable String traceparent) throws IOException {
        Translated translated = translate.input(event, at, traceparent);
        if (translated instanceof Translated.Accepted) {
            arrived.put(at, event);
        }
        return translated;
    }

    @FunctionalInterface
    private interface Translation<E> {
        Translated apply(E event, RecordCoordinates at, @Nullable String traceparent) throws IOException;
    }

    private <E> Future<?> decoded(ConsumerRecord<byte[], byte[]> record, Decoded<E> decoded, Translation<E> translation)
            throws IOException, InterruptedException {
        return switch (decoded) {
            case Decoded.Event<E> event -> {
                RecordCoordinates at = new RecordCoordinates(record.topic(), record.partition(), record.offset());
                String traceparent = EventHeaders.traceparent(record.headers());
                try {
                    yield send(record, translation.apply(event.value(), at, traceparent), at, traceparent);
                } catch (IllegalArgumentException | IllegalStateException | NullPointerException e) {
                    // A record that our rules trip over would trip them again: kept for people, not tried for ever.
                    yield keep(record, e);
                }
            }
            case Decoded.Unreadable<E> unreadable -> keep(record, unreadable.reason());
            case Decoded.RegistryDown<E> down ->
                throw new IOException("the schema registry cannot be asked", down.reason());
        };
    }

    /** Puts a record that cannot be handed on, now or later, where people see it. */
    Future<?> keep(ConsumerRecord<byte[], byte[]> record, Exception reason) throws InterruptedException {
        if (isForTheFirstStage(record)) {
            return leave(record);
        }
        deadLetters.write(record, reason);
        return NOTHING_SENT;
    }

    private boolean isForTheFirstStage(ConsumerRecord<byte[], byte[]> record) {
        return !line.first() && isControl(record);
    }

    private boolean isControl(ConsumerRecord<byte[], byte[]> record) {
        return record.topic().equals(topics.name(Topics.JOB_CONTROL));
    }

    private Future<?> leave(ConsumerRecord<byte[], byte[]> record) {
        left.increment();
        LOG.debug(
                "A record is left to the first stage stage={} topic={} partition={} offset={}",
                line.word(),
                record.topic(),
                record.partition(),
                record.offset());
        return NOTHING_SENT;
    }

    private Future<?> send(
            ConsumerRecord<byte[], byte[]> record,
            Translated translated,
            RecordCoordinates at,
            @Nullable String traceparent) {
        return switch (translated) {
            case Translated.Refused refused when isForTheFirstStage(record) -> leave(record);
            case Translated.Accepted accepted ->
                events.send(new ProducerRecord<>(topics.name(line.commands()), accepted.jobId(), accepted.command()));
            case Translated.Refused refused -> {
                ProducerRecord<String, SpecificRecord> answer =
                        new ProducerRecord<>(topics.name(Topics.JOB_REJECTED), refused.jobId(), refused.answer());
                EventHeaders.ofAttempt(
                                Topics.JOB_REJECTED.name(),
                                line.service(),
                                refused.jobId(),
                                refused.answer().getRun(),
                                0,
                                at.getTopic() + "/" + at.getPartition() + "/" + at.getOffset(),
                                clock.instant(),
                                TraceParent.continued(traceparent, spanIds))
                        .writeTo(answer.headers());
                yield events.send(answer);
            }
        };
    }

    @Override
    public void close() {
        events.close();
        bytes.close();
    }
}
