/** The pipeline's events as commands read and write them: committed records, without a consumer group. */
package dev.unitymlops.cli.events;
