/** The records of topics as they are: all that a cluster has now, bytes and tombstones included. */
package dev.unitymlops.cli.records;
