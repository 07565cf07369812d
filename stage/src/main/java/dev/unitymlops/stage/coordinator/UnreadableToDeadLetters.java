package dev.unitymlops.stage.coordinator;

import dev.unitymlops.runtime.EventDecoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/**
 * Gives up a command that can never be decoded. While the schema registry is away nothing is given up: the thread ends
 * and its successor tries again.
 *
 * <p>Made by Kafka Streams, by its name.
 */
public final class UnreadableToDeadLetters extends LogAndContinueExceptionHandler {

    @Override
    public Response handleError(ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception problem) {
        return EventDecoder.isRegistryDown(problem) ? Response.fail() : super.handleError(context, record, problem);
    }
}
