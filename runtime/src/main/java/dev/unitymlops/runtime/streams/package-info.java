/** How a Kafka Streams topology runs as a part of a service. */
@org.jspecify.annotations.NullMarked
package dev.unitymlops.runtime.streams;
