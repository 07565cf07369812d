/** The stages' queues and the workers that are there: which jobs wait for a worker that nobody has started. */
package dev.unitymlops.cli.queues;
