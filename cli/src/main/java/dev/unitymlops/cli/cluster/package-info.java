/** Which Kafka and schema registry a command talks to: named ones, or those of the {@code mlops up} of this folder. */
package dev.unitymlops.cli.cluster;
