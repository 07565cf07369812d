package dev.unitymlops.scheduler.decision;

import java.time.Duration;

/**
 * What holds for all schedules.
 *
 * @param places jobs of all schedules together that may run at once, from 1
 * @param missedAfter how late a tick may be decided before it counts as missed
 */
public record Limits(int places, Duration missedAfter) {}
