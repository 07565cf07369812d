/** webhook-service: tells the outside what became of jobs and ticks. */
@org.jspecify.annotations.NullMarked
package dev.unitymlops.webhook;
