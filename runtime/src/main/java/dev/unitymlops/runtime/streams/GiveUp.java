package dev.unitymlops.runtime.streams;

import dev.unitymlops.runtime.DeadLetters;
import dev.unitymlops.runtime.EventDecoder;
import dev.unitymlops.schemas.TopicSpec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up a record that can never be decoded, or that had no effect: it goes to the dead letters of its topic, in the
 * transaction of the task. Nothing else is given up: while the schema registry is away, or when something failed between a
 * change of state and what goes with it, the thread ends, its transaction is rolled back and the record comes again.
 *
 * <p>Made by Kafka Streams, by its name.
 */
public final class GiveUp implements DeserializationExceptionHandler, ProcessingExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(GiveUp.class);
    private static final String TOPICS = "mlops.dead-letters.topics";
    private static final String METRICS = "mlops.dead-letters.metrics";

    private final Set<String> withDeadLetters = new HashSet<>();
    private MeterRegistry metrics = new CompositeMeterRegistry();

    /**
     * Streams' settings that make it so.
     *
     * @param topics those that have dead letters; what is given up on others is dropped, and counted all the same
     * @param name a topic's name on this cluster
     */
    public static Map<String, Object> config(
            List<TopicSpec> topics, Function<TopicSpec, String> name, MeterRegistry metrics) {
        return Map.of(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                GiveUp.class,
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                GiveUp.class,
                TOPICS,
                topics.stream().map(name).toList(),
                METRICS,
                metrics);
    }

    @Override
    public void configure(Map<String, ?> config) {
        if (config.get(TOPICS) instanceof Collection<?> topics) {
            topics.forEach(topic -> withDeadLetters.add(String.valueOf(topic)));
        }
        if (config.get(METRICS) instanceof MeterRegistry registry) {
            metrics = registry;
        }
    }

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception problem) {
        return EventDecoder.isRegistryDown(problem)
                ? DeserializationExceptionHandler.Response.fail()
                : DeserializationExceptionHandler.Response.resume(letters(record, problem));
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception problem) {
        if (!(problem instanceof WithoutEffect known)) {
            return ProcessingExceptionHandler.Response.fail();
        }
        if (context.topic() == null) {
            LOG.error("What a punctuation wanted had no effect and is given up", known.reason());
            return ProcessingExceptionHandler.Response.resume();
        }
        return ProcessingExceptionHandler.Response.resume(letters(read(context), known.reason()));
    }

    private List<ProducerRecord<byte[], byte[]>> letters(ConsumerRecord<byte[], byte[]> record, Exception problem) {
        DeadLetters.tell(record, problem, metrics);
        return withDeadLetters.contains(record.topic()) ? List.of(DeadLetters.letter(record, problem)) : List.of();
    }

    private static ConsumerRecord<byte[], byte[]> read(ErrorHandlerContext context) {
        Headers headers = context.headers();
        return new ConsumerRecord<>(
                context.topic(),
                context.partition(),
                context.offset(),
                context.timestamp(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                context.sourceRawKey(),
                context.sourceRawValue(),
                headers,
                Optional.empty());
    }
}
