package dev.unitymlops.stage.coordinator;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What a stage's coordinator needs to know.
 *
 * @param lease how long a holder may be silent, measured in echoes
 * @param nanoTime a clock that never steps, as {@link System#nanoTime()}
 * @param worker the worker of this process, or {@link LocalWorker#NONE}
 */
public record CoordinatorSettings(Duration lease, LongSupplier nanoTime, LocalWorker worker, CountDecisions metrics) {}
