package dev.unitymlops.scheduler.decision;

import java.time.Instant;

/**
 * Whether a job has a place among those that may run at once.
 *
 * @param run latest run that is known of, from 1
 * @param taken whether that run goes on; a freed place is remembered for a while, since events of a run come in any order
 * @param at when it was taken or freed
 */
public record Place(String scheduleId, int run, boolean taken, Instant at) {}
