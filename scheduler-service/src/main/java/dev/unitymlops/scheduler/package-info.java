/** scheduler-service: cron schedules become {@code job-requested} events, each tick decided once. */
@org.jspecify.annotations.NullMarked
package dev.unitymlops.scheduler;
