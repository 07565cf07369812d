/** What becomes of each tick and when its jobs are let go: decisions from state and events, without Kafka. */
@org.jspecify.annotations.NullMarked
package dev.unitymlops.scheduler.decision;
