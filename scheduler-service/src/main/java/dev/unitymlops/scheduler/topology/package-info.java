/** The Kafka Streams topology that hosts the decisions: what is read, what is kept, what is written. */
@org.jspecify.annotations.NullMarked
package dev.unitymlops.scheduler.topology;
