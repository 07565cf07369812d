package dev.unitymlops.stage.coordinator;

import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.JobRejected;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A record that a decision publishes. */
public sealed interface Output {

    /**
     * The stage's event, as its worker wrote it.
     *
     * @param traceparent W3C trace context of the stage's input
     */
    record Event(
            int run,
            int attempt,
            ByteBuffer value,
            @Nullable String traceparent) implements Output {}

    /** The run's bad end. */
    record Failed(JobFailed event, @Nullable String traceparent) implements Output {}

    /** An answer to the producer of the input. */
    record Rejected(JobRejected event, @Nullable String traceparent) implements Output {}

    /** For people who watch. */
    record Progress(JobProgress event, @Nullable String traceparent) implements Output {}
}
