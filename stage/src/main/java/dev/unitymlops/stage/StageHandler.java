package dev.unitymlops.stage;

import org.apache.avro.specific.SpecificRecord;

/**
 * What a stage does with its input: the only part of a stage that a service writes itself.
 *
 * <p>Called on a thread of its own per attempt. It may be called again for the same input (a later attempt), also on
 * another machine; it writes only below {@link Attempt#folder()} and {@link Attempt#scratch()}, and outside effects it
 * has must be idempotent by job and behaviour.
 *
 * @param <I> event that the stage consumes
 * @param <O> event that the stage emits
 */
public interface StageHandler<I extends SpecificRecord, O extends SpecificRecord> {

    /**
     * Does the work and returns the event to be published.
     *
     * @throws StageFailure when the work failed; it says why and whether another attempt may help
     * @throws InterruptedException when the attempt is to stop (cancelled, superseded or drained); children have been
     *     stopped by then
     */
    O handle(I input, Attempt attempt) throws StageFailure, InterruptedException;
}
