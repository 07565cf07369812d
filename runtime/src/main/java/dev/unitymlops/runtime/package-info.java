/** How any service runs: settings, start, drain, close, health, metrics, Kafka clients and event headers. */
@org.jspecify.annotations.NullMarked
package dev.unitymlops.runtime;
