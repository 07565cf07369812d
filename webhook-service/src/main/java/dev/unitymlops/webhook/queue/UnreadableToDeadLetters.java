package dev.unitymlops.webhook.queue;

import dev.unitymlops.runtime.EventDecoder;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * Gives up a record that can never be decoded. While the schema registry is away nothing is given up: the thread ends
 * and its successor tries again.
 *
 * <p>Made by Kafka Streams, by its name.
 */
public final class UnreadableToDeadLetters implements DeserializationExceptionHandler {

    @Override
    public Response handleError(ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception problem) {
        return EventDecoder.isRegistryDown(problem)
                ? Response.fail()
                : Response.resume(List.of(DeadLetter.of(context, record.key(), record.value(), problem)));
    }

    @Override
    public void configure(Map<String, ?> configs) {}
}
