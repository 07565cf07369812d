/** scheduler-service: decides each tick of a schedule once and requests its jobs. */
@org.jspecify.annotations.NullMarked
package dev.unitymlops.scheduler;
