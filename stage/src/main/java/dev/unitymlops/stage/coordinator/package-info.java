/** Who works on what: a pure function from a job's state and a command to its next state, and its host in Kafka Streams. */
package dev.unitymlops.stage.coordinator;
