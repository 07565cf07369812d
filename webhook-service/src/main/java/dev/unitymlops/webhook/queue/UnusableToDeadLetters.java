package dev.unitymlops.webhook.queue;

import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Gives up a record that had no effect, and only that. Anything else may have stopped between a change of state and the
 * records that go with it: it ends the task, whose transaction is rolled back, and the record is read again.
 *
 * <p>Made by Kafka Streams, by its name.
 */
public final class UnusableToDeadLetters implements ProcessingExceptionHandler {

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception problem) {
        return problem instanceof Unusable
                ? Response.resume(
                        List.of(DeadLetter.of(context, context.sourceRawKey(), context.sourceRawValue(), problem)))
                : Response.fail();
    }

    @Override
    public void configure(Map<String, ?> configs) {}
}
