package dev.unitymlops.schedule.cron;

/**
 * A read expression.
 *
 * @param interval whether its hour field begins with {@code *}
 */
record Fields(LocalTicks ticks, boolean interval) {}
