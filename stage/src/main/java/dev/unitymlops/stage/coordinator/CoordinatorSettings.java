package dev.unitymlops.stage.coordinator;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What a stage's coordinator needs to know.
 *
 * @param lease how long a holder may be silent, measured in echoes
 * @param duplicateHorizon how long the marker of an ended run is kept, so that its input is known when it comes again
 * @param order in which order queued jobs are taken
 * @param nanoTime a clock that never steps, as {@link System#nanoTime()}
 * @param worker the worker of this process, or {@link LocalWorker#NONE}
 */
public record CoordinatorSettings(
        Duration lease,
        Duration duplicateHorizon,
        QueueOrder order,
        LongSupplier nanoTime,
        LocalWorker worker,
        CountDecisions metrics) {

    public CoordinatorSettings(
            Duration lease,
            Duration duplicateHorizon,
            LongSupplier nanoTime,
            LocalWorker worker,
            CountDecisions metrics) {
        this(lease, duplicateHorizon, QueueOrder.STANDARD, nanoTime, worker, metrics);
    }
}
