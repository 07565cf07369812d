package dev.unitymlops.cli.deadletters;

/**
 * A letter that was sent again, as {@code --json} shows it.
 *
 * @param topic where it is now, with the cluster's prefix
 */
record ReplayRow(LetterId letter, String topic, int partition, long offset) {}
