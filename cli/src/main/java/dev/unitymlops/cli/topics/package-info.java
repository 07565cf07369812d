/** {@code mlops topics}: what a cluster's topics are to be, and making them so. */
package dev.unitymlops.cli.topics;
