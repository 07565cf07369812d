package dev.unitymlops.stage.coordinator;

import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Gives up a command that had no effect, and only that. Anything else may have stopped between a change of state and the
 * records that go with it: it ends the task, whose transaction is rolled back, and the command is decided on again.
 *
 * <p>Made by Kafka Streams, by its name.
 */
public final class UndecidableToDeadLetters extends LogAndContinueProcessingExceptionHandler {

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception problem) {
        return problem instanceof Undecidable ? super.handleError(context, record, problem) : Response.fail();
    }
}
