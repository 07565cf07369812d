/** What waits to be delivered, per job and in order: the decision and its host in Kafka Streams. */
package dev.unitymlops.webhook.queue;
